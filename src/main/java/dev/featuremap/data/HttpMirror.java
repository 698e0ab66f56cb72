package dev.featuremap.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A web server with MNIST's files as {@code .gz} under one address.
 *
 * <p>It uses {@link HttpURLConnection} because that has a read time-out, so that a server which stalls in the middle is
 * left; {@code java.net.http} has a time-out for the head of an answer alone.
 *
 * @param base the address the file names are added to, ending in a slash
 * @param connectTimeout how long a connection may take
 * @param stallTimeout how long the server may send nothing
 */
public record HttpMirror(URI base, Duration connectTimeout, Duration stallTimeout) implements MnistSource {
    /** 10 s to connect, 20 s without a byte. */
    public static HttpMirror of(String base) {
        return new HttpMirror(URI.create(base), Duration.ofSeconds(10), Duration.ofSeconds(20));
    }

    @Override
    public String name() {
        return base.toString();
    }

    @Override
    public void fetch(List<MnistFile> wanted, Path scratch, Receiver receiver) throws IOException {
        for (MnistFile file : wanted) {
            try {
                fetch(file, receiver);
            } catch (UnknownHostException e) {
                throw new IOException("the host is not known; is this machine offline?", e);
            } catch (SocketTimeoutException e) {
                throw new IOException(
                        file.name() + ".gz: " + e.getMessage() + " (" + connectTimeout.toMillis() + " ms to connect, "
                                + stallTimeout.toMillis() + " ms without a byte)",
                        e);
            }
        }
    }

    private void fetch(MnistFile file, Receiver receiver) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) base.resolve(file.name() + ".gz").toURL().openConnection();
        connection.setConnectTimeout(Math.toIntExact(connectTimeout.toMillis()));
        connection.setReadTimeout(Math.toIntExact(stallTimeout.toMillis()));
        try {
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw new IOException(file.name() + ".gz: found HTTP status " + status + ", expected 200");
            }
            try (InputStream body = new BufferedInputStream(connection.getInputStream())) {
                if (!Gzip.starts(body)) {
                    throw new IOException(file.name() + ".gz: found content of type " + connection.getContentType()
                            + ", expected gzip");
                }
                receiver.receive(file, Gzip.unpacked(body));
            }
        } finally {
            connection.disconnect();
        }
    }
}
