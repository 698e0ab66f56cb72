package dev.featuremap.ui;

import dev.featuremap.AtomicFiles;
import dev.featuremap.Failure;
import dev.featuremap.RegularFiles;
import dev.featuremap.run.Workspace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The server of {@code featuremap ui}: Jetty with its limits, in front of a {@link Site}. */
public final class UiServer implements AutoCloseable {
    private static final int AT_WORK = 64;
    private static final int THREADS_OF_JETTY = 4;
    private static final int MOST_CONNECTIONS = 256;
    private static final int HEADER_BYTES = 8 << 10;
    private static final long IDLE_MILLISECONDS = 10_000;
    private static final long BODY_SECONDS = 20;
    private static final long END_MILLISECONDS = 2000;

    private final Server server;
    private final Site site;
    private final String host;
    private final int port;

    /**
     * Where the server is, and who may ask.
     *
     * @param host an address of this machine
     * @param port 0: any that is free
     * @param token that everything needs; empty: none to read, and one that only its own pages know to change something
     */
    public record Settings(String host, int port, Optional<String> token) {
        /** For this machine alone, at any free port. */
        public static final Settings LOCAL = new Settings("127.0.0.1", 0, Optional.empty());
    }

    private UiServer(Server server, Site site, String host, int port) {
        this.server = server;
        this.site = site;
        this.host = host;
        this.port = port;
    }

    /**
     * Starts it.
     *
     * @param runs the folder of the runs, made where it is missing
     * @throws Failure (environment) when the address cannot be listened at
     */
    public static UiServer start(Path runs, Workspace workspace, Settings settings) {
        Path folder = RegularFiles.named(runs).toAbsolutePath().normalize();
        try {
            RegularFiles.makeFolder(folder);
        } catch (IOException e) {
            throw AtomicFiles.unwritable(folder, e);
        }
        QueuedThreadPool threads = new QueuedThreadPool(AT_WORK + THREADS_OF_JETTY);
        threads.setName("ui");
        threads.setDaemon(true);
        Server server = new Server(threads);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(limited()));
        connector.setHost(settings.host);
        connector.setPort(settings.port);
        connector.setIdleTimeout(IDLE_MILLISECONDS);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, server));
        server.setErrorHandler(new PlainErrors());
        server.setStopTimeout(END_MILLISECONDS);
        try {
            connector.open(); // The port that is free is known from here on.
            Site site = new Site(folder, workspace);
            Access access = Access.of(settings.host, connector.getLocalPort(), settings.token);
            server.setHandler(new Door(access, new Bodies(BODY_SECONDS), site::answer));
            server.start();
            return new UiServer(server, site, settings.host, connector.getLocalPort());
        } catch (IOException e) {
            throw Failure.environment(
                    "cannot listen at " + settings.host + ":" + settings.port + ": " + AtomicFiles.reason(e),
                    "name another port with --port, or an address of this machine with --host",
                    e);
        } catch (Exception e) {
            throw new IllegalStateException("the server does not start", e);
        }
    }

    private static HttpConfiguration limited() {
        HttpConfiguration limits = new HttpConfiguration();
        limits.setRequestHeaderSize(HEADER_BYTES);
        limits.setUriCompliance(
                UriCompliance.UNSAFE); // A run may be called 100%: what a path names is for Place to check.
        limits.setSendServerVersion(false);
        limits.setSendDateHeader(false);
        return limits;
    }

    /** The address of its first page. */
    public String address() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/";
    }

    /** The address of the page of a run right below the runs' folder. */
    public String address(String run) {
        return address() + Place.link(List.of(run)).substring(1);
    }

    /** Ends it: what is being answered has two seconds. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the server does not end", e);
        } finally {
            site.close();
        }
    }

    /** What Jetty itself refuses, such as a header that is too long, as {@link Answer} tells refusals. */
    private static final class PlainErrors extends ErrorHandler {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
            response.write(true, ByteBuffer.wrap(told(response.getStatus())), callback);
            return true;
        }

        private static byte[] told(int status) {
            return Answer.of(new Refusal(
                            status,
                            "the request is none that HTTP/1.1 and this server's limits know",
                            "see docs/ui.md"))
                    .body();
        }
    }
}
