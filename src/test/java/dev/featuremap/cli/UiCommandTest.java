package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.JavaCommand;
import dev.featuremap.Stress;
import dev.featuremap.train.Runs;
import dev.featuremap.ui.Asking;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UiCommandTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--host 192.0.2.1|--host 192.0.2.1 lets other machines ask, and no --token keeps strangers out",
                "--host 0.0.0.0 --token 0123456789abcdef|--host 0.0.0.0 is every address, or none",
                "--host :: --token 0123456789abcdef|--host :: is every address, or none",
                "--token short|--token is not 16 to 200 letters, digits or any of . _ ~ -",
                "--token 0123456789abcdef;Path=/x|--token is not 16 to 200 letters, digits or any of . _ ~ -",
                "--port 65536|--port is 65536",
                "--port -1|--port is -1"
            })
    void refusesWhatIsNotSafeOrCannotBe(String options, String cause) {
        Run run = Run.of(("ui " + options).split(" "));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("error: " + cause);
    }

    @Test
    void anAddressThatIsNotThisMachinesIsAnErrorOfTheEnvironment() {
        Run run = Run.of("ui", "--runs", folder.toString(), "--host", "192.0.2.1", "--token", "0123456789abcdef");
        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.err()).startsWith("error: cannot listen at 192.0.2.1:");
    }

    @Tag("fault")
    @Test
    void printsItsAddressAloneAndEndsWhenAsked() throws Exception {
        Process process = new ProcessBuilder(JavaCommand.of(
                        List.of(), Main.class.getName(), List.of("ui", "--port", "0", "--runs", folder.toString())))
                .start();
        try (BufferedReader out = reader(process)) {
            String address = out.readLine();
            assertThat(address).matches("http://127\\.0\\.0\\.1:\\d+/");
            HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
            assertThat(HttpClient.newHttpClient()
                            .send(request, BodyHandlers.ofString())
                            .body())
                    .contains("<h1>Runs</h1>");
            process.toHandle().destroy(); // Its streams stay open.
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(out.readLine()).isNull();
        } finally {
            process.destroyForcibly();
        }
    }

    @Tag("fault")
    @Test
    void whereATokenIsNamedEverythingNeedsIt() throws Exception {
        String token = "0123456789abcdef";
        Process process = new ProcessBuilder(JavaCommand.of(
                        List.of(),
                        Main.class.getName(),
                        List.of("ui", "--port", "0", "--runs", folder.toString(), "--token", token)))
                .start();
        try (BufferedReader out = reader(process)) {
            String address = out.readLine();
            assertThat(status(address)).isEqualTo(401);
            assertThat(status(address + "?token=0123456789abcdeF")).isEqualTo(401);
            assertThat(status(address + "?token=" + token)).isEqualTo(303);
            assertThat(status(address, "Authorization", "Bearer " + token)).isEqualTo(200);
            String port = address.replaceAll("\\D*127\\.0\\.0\\.1:(\\d+)/", "$1");
            assertThat(status(address, "Cookie", "featuremap-" + port + "=" + token))
                    .isEqualTo(200);
        } finally {
            process.destroyForcibly();
        }
    }

    @Tag("fault")
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere 127.0.0.2 need not be an address of the machine")
    void anotherAddressIsListenedAtForWhoeverKnowsTheToken() throws Exception {
        String token = "0123456789abcdef";
        Process process = new ProcessBuilder(JavaCommand.of(
                        List.of(),
                        Main.class.getName(),
                        List.of("ui", "--host", "127.0.0.2", "--token", token, "--runs", folder.toString())))
                .start();
        try (BufferedReader out = reader(process)) {
            String address = out.readLine();
            assertThat(address).matches("http://127\\.0\\.0\\.2:\\d+/");
            assertThat(status(address)).isEqualTo(401);
            assertThat(status(address, "Authorization", "Bearer " + token)).isEqualTo(200);
            String elsewhere = address.replace("127.0.0.2", "127.0.0.1");
            assertThatThrownBy(() -> status(elsewhere)).isInstanceOf(IOException.class);
        } finally {
            process.destroyForcibly();
        }
    }

    @Tag("fault")
    @DisabledOnOs(OS.WINDOWS)
    @Test
    void endsWhenAskedHoweverManyAsk() throws Exception {
        Runs.train(Runs.small("training.epochs=1"), folder.resolve("run"));
        Process process = new ProcessBuilder(JavaCommand.hearingInterrupts(JavaCommand.of(
                        List.of(), Main.class.getName(), List.of("ui", "--port", "0", "--runs", folder.toString()))))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<Thread> clients = new ArrayList<>();
        try (BufferedReader out = reader(process)) {
            Asking asking = new Asking(out.readLine());
            AtomicLong answers = new AtomicLong();
            for (int i = 0; i < 100; i++) {
                Thread client = new Thread(() -> askUntilItEnds(asking, answers));
                client.start();
                clients.add(client);
            }
            while (answers.get() < 1000) {
                assertThat(process.isAlive()).isTrue();
                TimeUnit.MILLISECONDS.sleep(20);
            }
            long asked = System.nanoTime();
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            Stress.tell(
                    56,
                    "Ctrl-C while 100 clients ask a network, until the server has ended",
                    String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - asked) / 1e9));
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
            for (Thread client : clients) {
                client.join();
            }
        }
    }

    private static void askUntilItEnds(Asking asking, AtomicLong answers) {
        byte[] picture =
                ("[" + "[0,0,0,0,0,0,0,0,0],".repeat(8) + "[0,0,0,0,0,0,0,0,0]]").getBytes(StandardCharsets.UTF_8);
        try {
            while (asking.post("api/runs/run/predict", "application/json", picture)
                            .statusCode()
                    == 200) {
                answers.incrementAndGet();
            }
        } catch (IOException e) {
            // It has ended.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Tag("fault")
    @Test
    void aTrainingShowsItselfForAsLongAsItGoes() throws Exception {
        Process process = new ProcessBuilder(JavaCommand.of(
                        List.of("-Xmx512m"),
                        Main.class.getName(),
                        List.of(
                                "train",
                                "--live",
                                "--quiet",
                                "--run-dir",
                                folder.resolve("a run").toString(),
                                "training.epochs=1000",
                                "data.trainExamples=1000",
                                "data.testExamples=60")))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader err =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            String told = err.lines()
                    .filter(line -> line.startsWith("watch it at "))
                    .findFirst()
                    .orElseThrow();
            assertThat(told).matches("watch it at http://127\\.0\\.0\\.1:\\d+/runs/a%20run");
            Asking asking = new Asking(told.substring("watch it at ".length(), told.indexOf("runs/")));
            assertThat(asking.get("runs/a%20run").body()).contains("data-name=\"a run\"");
            while (asking.json(asking.get("api/runs/a%20run/live"))
                            .get("trained")
                            .asLong()
                    < 10) {
                assertThat(process.isAlive()).isTrue();
                TimeUnit.MILLISECONDS.sleep(50);
            }
            assertThat(asking.post("api/runs/a%20run/stop", "text/plain", new byte[0], "Cookie", asking.cookie())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
            assertThatThrownBy(() -> asking.get("")).isInstanceOf(IOException.class);
        } finally {
            process.destroyForcibly();
        }
    }

    private static int status(String address, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
        return HttpClient.newHttpClient()
                .send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.discarding())
                .statusCode();
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }
}
