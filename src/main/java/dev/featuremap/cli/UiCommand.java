package dev.featuremap.cli;

import dev.featuremap.Failure;
import dev.featuremap.run.Workspace;
import dev.featuremap.train.StopRequest;
import dev.featuremap.ui.UiServer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code featuremap ui}: a server on this machine that shows the runs, watches trainings and asks trained networks. */
@Command(
        name = "ui",
        description = {
            "Look at all runs in the browser, watch trainings, and ask trained networks.",
            "It prints its address, listens on this machine alone, and ends with Ctrl-C."
        })
final class UiCommand implements Runnable {
    private static final String LOCAL = "127.0.0.1";
    private static final int PORT = 6180;
    private static final String TOKEN = "[A-Za-z0-9._~-]{16,200}";

    private final Terminal terminal;
    private final Interruption interruption;

    @Mixin
    private CommonOptions common;

    @Option(names = "--runs", paramLabel = "DIR", description = "the folder of the runs; default: runs")
    private Path runs;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "0: any that is free; default: " + PORT + ", or where that is taken any that is free")
    private Integer port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = LOCAL,
            description =
                    "an address of this machine to listen at, for other machines too; needs --token (default: 127.0.0.1)")
    private String host;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = {
                "16 letters and digits or more that whoever asks must know: in the address once, as ?token=TOKEN, or in each",
                "request as Authorization: Bearer TOKEN"
            })
    private String token;

    UiCommand(Terminal terminal, Interruption interruption) {
        this.terminal = terminal;
        this.interruption = interruption;
    }

    @Override
    public void run() {
        check();
        Workspace workspace = Workspace.current();
        interruption.instead("ending");
        try (UiServer server = start(workspace);
                StopRequest.Listening listening = interruption.stop().listen()) {
            if (common.json) {
                terminal.json(Map.of("address", server.address()));
            } else {
                terminal.print("%s%n", server.address());
            }
            interruption.stop().await();
        }
    }

    private void check() {
        if (token != null && !token.matches(TOKEN)) {
            throw Failure.usage(
                    "--token is not 16 to 200 letters, digits or any of . _ ~ -",
                    "take a random one, such as the output of: openssl rand -hex 16");
        }
        if (port != null && (port < 0 || port > 65_535)) {
            throw Failure.usage("--port is " + port, "name a port from 1 to 65535, or 0 for any that is free");
        }
        if (!host.equals(LOCAL) && token == null) {
            throw Failure.usage(
                    "--host " + host + " lets other machines ask, and no --token keeps strangers out",
                    "give --token too, or leave --host");
        }
        if (isWildcard()) {
            throw Failure.usage(
                    "--host " + host + " is every address, or none",
                    "name the one address of this machine that others use: requests for any other are refused");
        }
    }

    private boolean isWildcard() {
        try {
            return host.isEmpty() || InetAddress.getByName(host).isAnyLocalAddress();
        } catch (UnknownHostException e) {
            return true;
        }
    }

    private UiServer start(Workspace workspace) {
        Path folder = runs == null ? workspace.runs() : runs;
        Optional<String> secret = Optional.ofNullable(token);
        if (port != null) {
            return UiServer.start(folder, workspace, new UiServer.Settings(host, port, secret));
        }
        try {
            return UiServer.start(folder, workspace, new UiServer.Settings(host, PORT, secret));
        } catch (Failure taken) {
            return UiServer.start(folder, workspace, new UiServer.Settings(host, 0, secret));
        }
    }
}
