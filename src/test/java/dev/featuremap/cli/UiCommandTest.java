package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
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
