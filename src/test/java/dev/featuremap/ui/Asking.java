package dev.featuremap.ui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What tests ask a server, as browsers, programs and strangers do. */
public record Asking(String address) {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public int port() {
        return URI.create(address).getPort();
    }

    public HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send(request(path, headers).GET());
    }

    public HttpResponse<String> post(String path, String type, byte[] body, String... headers)
            throws IOException, InterruptedException {
        return send(request(path, headers).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)));
    }

    public JsonNode json(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }

    /** The cookie that a page gets. */
    public String cookie() throws IOException, InterruptedException {
        return get("").headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    /** Sends bytes as they are, and gives the status that comes back; 0 when the connection is closed without one. */
    public int raw(byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(30_000);
            try {
                socket.getOutputStream().write(request);
                socket.getOutputStream().flush();
            } catch (IOException e) {
                // It answers before it has read all, and closes.
            }
            return status(socket.getInputStream());
        }
    }

    /** Sends bytes as they are, and gives all that comes back until the connection is closed. */
    String answer(byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** A request's text, with this server's own {@code Host} and what else is told. */
    public byte[] text(String line, Map<String, String> headers, String body) {
        StringBuilder text = new StringBuilder(line + "\r\n");
        if (!headers.containsKey("Host")) {
            text.append("Host: 127.0.0.1:").append(port()).append("\r\n");
        }
        headers.forEach((name, value) -> {
            if (value != null) {
                text.append(name).append(": ").append(value).append("\r\n");
            }
        });
        return (text + "\r\n" + body).getBytes(StandardCharsets.ISO_8859_1);
    }

    static int status(InputStream in) throws IOException {
        try {
            String line = new String(in.readNBytes("HTTP/1.1 200".length()), StandardCharsets.ISO_8859_1);
            return line.startsWith("HTTP/1.1 ") ? Integer.parseInt(line.substring(9)) : 0;
        } catch (java.net.SocketException e) {
            return 0;
        }
    }
}
