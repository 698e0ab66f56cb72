package dev.featuremap.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.run.Workspace;
import dev.featuremap.train.Runs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent to it, the server refuses with 4xx, reads and writes nothing outside the runs' folder, and goes on. */
@Tag("slow")
class HostileRequestsTest {
    private static final String SECRET = "what nobody is to read";
    private static final String PREDICT = "POST /api/runs/run/predict HTTP/1.1";

    @TempDir
    static Path folder;

    private static UiServer server;
    private static Asking asking;
    private static Map<Path, FileTime> before;

    @BeforeAll
    static void start() throws IOException {
        Path runs = Files.createDirectory(folder.resolve("runs"));
        Runs.train(Runs.small("training.epochs=1"), runs.resolve("run"));
        Path outside = Files.createDirectory(folder.resolve("outside"));
        for (String file : List.of("experiment.yaml", "report.html", "result.json")) {
            Files.writeString(outside.resolve(file), SECRET);
        }
        Files.createSymbolicLink(runs.resolve("link"), outside);
        Files.createDirectory(runs.resolve("foreign"));
        Files.createDirectories(runs.resolve(".trash/gone"));
        Files.writeString(runs.resolve(".trash/gone/experiment.yaml"), SECRET);
        server = UiServer.start(runs, new Workspace(folder), UiServer.Settings.LOCAL);
        asking = new Asking(server.address());
        before = files();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    @AfterEach
    void goesOnAndHasChangedNothing() throws Exception {
        assertThat(asking.get("api/runs/run").statusCode()).isEqualTo(200);
        assertThat(files()).isEqualTo(before);
    }

    private static Map<Path, FileTime> files() throws IOException {
        Map<Path, FileTime> all = new HashMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                all.put(path, Files.getLastModifiedTime(path));
            }
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com", "127.0.0.1", "127.0.0.1:1", "localhost", "evil.localhost:PORT",
                        "127.0.0.1:PORT.example.com",
                "127.0.0.1:PORT@example.com", "0.0.0.0:PORT", "[::1]:PORT", "127.0.0.2:PORT", " ", ""
            })
    void isAskedUnderNoOtherName(String host) throws IOException {
        String named = host.replace("PORT", Integer.toString(asking.port()));
        assertRefused(asking.text("GET / HTTP/1.1", Map.of("Host", named), ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com",
                "null",
                "https://127.0.0.1:PORT",
                "http://127.0.0.1",
                "http://localhost:PORT",
                "http://127.0.0.1:PORT.example.com",
                "http://127.0.0.1:PORT/"
            })
    void noPageOfAnotherServerAsks(String origin) throws IOException {
        String named = origin.replace("PORT", Integer.toString(asking.port()));
        for (String line : List.of("GET /api/runs/run HTTP/1.1", PREDICT)) {
            assertRefused(asking.text(line, headers("Origin", named, "Content-Length", "2"), "[]"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void noPageOfAnotherSiteAsksWithoutAnOrigin(String site) throws IOException {
        assertRefused(asking.text("GET /api/runs/run HTTP/1.1", Map.of("Sec-Fetch-Site", site), ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "featuremap-PORT=", "featuremap-PORT=0000", "featuremap-1=x", "other=y; featuremap-PORT=z"})
    void nothingIsChangedWithoutTheToken(String cookie) throws IOException {
        String named = cookie.replace("PORT", Integer.toString(asking.port()));
        byte[] request =
                asking.text("POST /api/runs/run/stop HTTP/1.1", headers("Cookie", named, "Content-Length", "2"), "{}");
        assertThat(asking.raw(request)).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/..",
                "/../outside",
                "/runs/..",
                "/runs/../outside",
                "/runs/../../etc/passwd",
                "/runs/%2e%2e/outside",
                "/runs/%2e%2e%2foutside",
                "/runs/..%2foutside/report.html",
                "/runs/run/../../outside/report.html",
                "/runs/run/%2e%2e/%2e%2e/outside",
                "/runs/..%5coutside",
                "/runs/run/..;/outside",
                "/runs/%252e%252e/outside",
                "/runs//outside",
                "/runs/link",
                "/runs/link/report.html",
                "/runs/.trash/gone",
                "/runs/.trash/gone/report.html",
                "/runs/foreign",
                "/runs/foreign/report.html",
                "/runs/run%00",
                "/runs/run/model.zip",
                "/runs/run/experiment.yaml",
                "/runs/run/checkpoints",
                "/api/runs/../outside",
                "/api/runs/%2e%2e/outside",
                "/api/runs/link/live",
                "/api/runs/link/filters",
                "/api/runs/OUTSIDE",
                "/runs/OUTSIDE/report.html",
                "/runs/%ff",
                "/runs/%zz",
                "/runs/%",
                "/runs/side-by-side.html?run=../outside&run=run",
                "/runs/side-by-side.html?run=link&run=run",
                "/runs/side-by-side.html?run=run",
                "/runs/side-by-side.html",
                "/api/runs/run/live?after=-1",
                "/api/runs/run/live?after=%00",
                "/nothing",
                "/api",
                "/favicon.ico",
                "/api/runs/run/predict/.."
            })
    void noPathLeavesTheRunsFolder(String path) throws IOException {
        String outside = folder.resolve("outside").toString();
        String asked = path.replace("OUTSIDE", outside.replace("/", "%2f"));
        assertRefused(asking.text("GET " + asked + " HTTP/1.1", Map.of(), ""));
        assertRefused(asking.text("POST " + asked + "/predict HTTP/1.1", headers("Content-Length", "2"), "[]"));
    }

    static List<byte[]> pictures() throws IOException {
        byte[] bomb = png(100_000, 100_000, new byte[1000]);
        byte[] short1 = png(28, 28, new byte[10]);
        byte[] liar = png(9999, 9999, new byte[1]);
        byte[] cut = java.util.Arrays.copyOf(png(9, 9, new byte[90]), 43);
        return List.of(
                new byte[0],
                "no picture".getBytes(StandardCharsets.UTF_8),
                "<svg onload=alert(1)/>".getBytes(StandardCharsets.UTF_8),
                "GIF89a".getBytes(StandardCharsets.UTF_8),
                bomb,
                short1,
                liar,
                cut,
                new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0},
                new byte[1 << 20]);
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void whatIsNoPictureIsRefused(byte[] body) throws Exception {
        for (String type : List.of("image/png", "image/jpeg")) {
            int status = asking.post("api/runs/run/predict", type, body).statusCode();
            assertThat(status).isBetween(400, 499);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[",
                "[[[[[[[[[[1]]]]]]]]]]",
                "[[1,2],[3,4]]",
                "[[[[1]]]]",
                "[\"a\"]",
                "[null]",
                "[[[300]]]",
                "\0",
                "{\"pictures\": \"../../etc/passwd\"}"
            })
    void whatAreNoLevelsIsRefused(String body) throws Exception {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        assertThat(asking.post("api/runs/run/predict", "application/json", bytes)
                        .statusCode())
                .isEqualTo(400);
        assertThat(asking.post("api/runs/run/predict", "text/xml", bytes).statusCode())
                .isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"tag\": [\"good\"]}",
                "[]",
                "no",
                "{\"add\": [null]}",
                "{\"tags\": [1, null]}",
                "{\"remove\": [null]}"
            })
    void whatNamesNoTagsIsRefusedRatherThanPassedOver(String body) throws Exception {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        assertThat(asking.post("api/runs/run/tags", "application/json", bytes, "Cookie", asking.cookie())
                        .statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "api/runs?whre=x, 'the parameter whre is not known here; did you mean where?'",
        "?x=1, the parameter x is not known here",
        "api/runs/run?where=x, the parameter where is not known here",
        "api/runs/run/live?since=3, the parameter since is not known here",
        "runs/run?after=3, the parameter after is not known here",
        "runs/run/report.html?x, the parameter x is not known here",
        "api/runs?sort=age&sort=loss, sort is given 2 times"
    })
    void parametersThatAreNotKnownAreRefused(String address, String cause) throws Exception {
        HttpResponse<String> answer = asking.get(address);
        assertThat(answer.statusCode()).isEqualTo(400);
        if (address.startsWith("api/")) {
            assertThat(asking.json(answer).get("error").get("cause").asText()).isEqualTo(cause);
        } else {
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
            assertThat(answer.body()).contains("<p class=\"fault\">" + cause + "</p>");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"predict", "stop", "tags"})
    void whatTakesPostAloneSaysSo(String action) throws Exception {
        assertThat(asking.get("api/runs/run/" + action).statusCode()).isEqualTo(405);
        assertThat(asking.get("api/runs/nothing/" + action).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"100%", "a%2fb", "a\\b", "a;b", "tab\there", "line\nbreak"})
    void aRunOfAnyNameHasAPage(String name, @TempDir Path runs) throws Exception {
        Files.createDirectory(runs.resolve(name));
        Files.copy(
                folder.resolve("runs/run/experiment.yaml"), runs.resolve(name).resolve("experiment.yaml"));
        String escaped = URLEncoder.encode(name, StandardCharsets.UTF_8);
        try (UiServer another = UiServer.start(runs, new Workspace(folder), UiServer.Settings.LOCAL)) {
            Asking there = new Asking(another.address());
            assertThat(there.json(there.get("api/runs")).at("/rows/0/name").asText())
                    .isEqualTo(name);
            assertThat(there.get("runs/" + escaped).statusCode()).isEqualTo(200);
            assertThat(there.get("api/runs/" + escaped + "/live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aPostWithoutABodyNeedsNoLength() throws Exception {
        String line = "POST /api/runs/run/stop HTTP/1.1";
        assertThat(asking.raw(asking.text(line, Map.of(), ""))).isEqualTo(401);
        // Nothing is trained here.
        assertThat(asking.raw(asking.text(line, Map.of("Cookie", asking.cookie()), "")))
                .isEqualTo(409);
        assertThat(asking.raw(asking.text(PREDICT, Map.of("Content-Type", "image/png"), "")))
                .isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no HTTP\r\n\r\n",
                "GET / HTTP/9.9\r\n\r\n",
                "GET / HTTP/1.1\r\nHost x\r\n\r\n",
                "GET / HTTP/1.1\r\n: x\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "\0\1\r\n\r\n"
            })
    void whatIsNoHttpIsToldSoAsEverythingElse(String request) throws IOException {
        String answer = asking.answer(request.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(answer)
                .containsPattern("^HTTP/1\\.1 (400|505) ")
                .containsIgnoringCase("\r\nContent-Type: application/json\r\n")
                .contains("\"error\"")
                .doesNotContainIgnoringCase("<html", "jetty", "Exception");
    }

    @Test
    void runsAreGroupedByNothingButTheSeed() throws Exception {
        assertThat(asking.get("api/runs?by=banana").statusCode()).isEqualTo(400);
    }

    @Test
    void manyNestedArraysAndManyPicturesAreRefused() throws Exception {
        byte[] deep = "[".repeat(4_000_000).getBytes(StandardCharsets.UTF_8);
        assertThat(asking.post("api/runs/run/predict", "application/json", deep).statusCode())
                .isEqualTo(400);
        String row = "[[" + "0,".repeat(8) + "0]" + (",[" + "0,".repeat(8) + "0]").repeat(8) + "]";
        byte[] many = ("[" + (row + ",").repeat(1000) + row + "]").getBytes(StandardCharsets.UTF_8);
        assertThat(asking.post("api/runs/run/predict", "application/json", many).statusCode())
                .isEqualTo(413);
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedBeforeItIsRead() throws IOException {
        for (String length :
                List.of("8388609", "99999999999", "9223372036854775807", "9223372036854775808", "-1", "x")) {
            assertRefused(asking.text(PREDICT, headers("Content-Type", "image/png", "Content-Length", length), "x"));
        }
    }

    @Test
    void aBodyWithoutALengthIsRefused() throws IOException {
        assertThat(asking.raw(asking.text(PREDICT, headers("Transfer-Encoding", "chunked"), "1\r\nx\r\n")))
                .isEqualTo(411);
        assertRefused(
                asking.text(PREDICT, headers("Content-Length", "1", "Transfer-Encoding", "chunked"), "0\r\n\r\n"));
    }

    @Test
    void slowBodiesKeepNobodyWaiting() throws Exception {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), asking.port());
            socket.setSoTimeout(40_000);
            OutputStream out = socket.getOutputStream();
            out.write(asking.text(PREDICT, headers("Content-Type", "image/png", "Content-Length", "5000"), "x"));
            out.flush();
            slow.add(socket);
        }
        goesOnAndHasChangedNothing();
        for (Socket socket : slow) {
            // Refused in time, or closed: nothing came for too long.
            assertThat(Asking.status(socket.getInputStream())).isIn(0, 400, 408);
            socket.close();
        }
    }

    @Test
    void headersThatNeverEndAreRefused() throws IOException {
        assertRefused(asking.text("GET / HTTP/1.1", headers("X", "x".repeat(100_000)), ""));
        assertRefused(asking.text("GET /" + "x".repeat(100_000) + " HTTP/1.1", Map.of(), ""));
        Map<String, String> many = new LinkedHashMap<>();
        for (int i = 0; i < 5000; i++) {
            many.put("X-" + i, "x");
        }
        assertRefused(asking.text("GET / HTTP/1.1", many, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PUT / HTTP/1.1",
                "DELETE /api/runs/run HTTP/1.1",
                "TRACE / HTTP/1.1",
                "OPTIONS * HTTP/1.1",
                "CONNECT example.com:80 HTTP/1.1",
                "GET http://example.com/ HTTP/1.1",
                "POST / HTTP/1.1",
                "POST /api/runs/run HTTP/1.1",
                "POST /api/runs/run/nothing HTTP/1.1",
                "GET /\tx HTTP/1.1",
                "\0\1\2\3"
            })
    void anythingElseIsRefused(String line) throws IOException {
        assertRefused(asking.text(line, headers("Content-Length", "0"), ""));
    }

    @Test
    void twoHostsOrTwoLengthsAreRefused() throws IOException {
        String host = "127.0.0.1:" + asking.port();
        assertRefused(asking.text("GET / HTTP/1.1", headers("Host", host, "host", "example.com"), ""));
        assertRefused(asking.text(PREDICT, headers("Content-Length", "1", "content-length", "2"), "xx"));
    }

    @Test
    void aRefusalTellsNothingOfTheServer() throws Exception {
        String told = asking.get("runs/link").body();
        assertThat(told)
                .contains("<h1>This page can't be shown</h1>", "no run, comparison or search is called link")
                .doesNotContain(folder.toString(), SECRET, "Exception", "jetty");
        assertThat(asking.get("").headers().map()).doesNotContainKey("server");
    }

    private static void assertRefused(byte[] request) throws IOException {
        assertThat(asking.raw(request)).isBetween(400, 499);
    }

    private static Map<String, String> headers(String... namesAndValues) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    /** A grey PNG that says it is so large, whatever its pixels are. */
    private static byte[] png(int width, int height, byte[] pixels) throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        chunk(
                png,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put((byte) 8)
                        .array());
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
            deflater.write(pixels);
        }
        chunk(png, "IDAT", packed.toByteArray());
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] content) {
        byte[] named = ByteBuffer.allocate(4 + content.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(content)
                .array();
        CRC32 sum = new CRC32();
        sum.update(named);
        png.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        png.writeBytes(named);
        png.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }
}
