package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.featuremap.JavaCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On three small runs, two of which differ in nothing but the seed. */
@Tag("slow")
class RunsCommandTest {
    @TempDir
    static Path folder;

    @BeforeAll
    static void train() {
        train("first", "seed=1");
        train("second", "seed=2");
        train("third", "seed=1", "loss=mse");
    }

    private static void train(String name, String... overrides) {
        List<String> line = new ArrayList<>(List.of(
                "train",
                "--quiet",
                "--run-dir",
                folder.resolve(name).toString(),
                "data.trainExamples=200",
                "data.testExamples=100",
                "training.epochs=1"));
        line.addAll(Arrays.asList(overrides));
        Run run = Run.of(line.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    @Test
    void listsTheNewestFirst() {
        Run run = runs();

        assertThat(run.out().lines().map(RunsCommandTest::firstWord))
                .containsExactly("name", "third", "second", "first");
        assertThat(run.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void listsWhatIsAskedForInTheOrderAskedFor() {
        assertThat(runs("--where", "loss = mcxent", "--sort", "seed")
                        .out()
                        .lines()
                        .map(RunsCommandTest::firstWord))
                .containsExactly("name", "first", "second");
        assertThat(runs("--sort", "-seed", "--limit", "1").out())
                .contains("second")
                .doesNotContain("first");
        assertThat(runs("--where", "seed > 5").out().lines()).hasSize(1);
        assertThat(runs("--where", "seed > 5").err()).contains("none of 3 is so");
    }

    @Test
    void pointsAtWhatIsWrongWithTheQuestion() {
        Run run = runs("--where", "sed = 1");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .startsWith(
                        "  sed = 1\n  ^\nerror: --where, at character 1: sed is no key; did you mean seed?\nremedy: ");
    }

    @Test
    void showsTheSettingsThatDiffer() throws IOException {
        JsonNode changed = json("--changed").get("changed");

        assertThat(changed).extracting(JsonNode::asText).containsExactly("seed", "loss");
        assertThat(runs("--changed").out().lines().findFirst().orElseThrow()).contains("loss (setting)");
        assertThat(runs("--csv", "--changed")
                        .out()
                        .lines()
                        .findFirst()
                        .orElseThrow()
                        .split(","))
                .doesNotHaveDuplicates()
                .contains("loss", "loss (setting)");
    }

    @Test
    void groupsOverSeeds() throws IOException {
        JsonNode groups = json("--by-seed").get("groups");

        assertThat(groups).hasSize(2);
        JsonNode both = groups.get(0).get("runs").size() == 2 ? groups.get(0) : groups.get(1);
        assertThat(both.get("seeds")).extracting(JsonNode::asInt).containsExactly(1, 2);
        assertThat(both.get("summary").get("accuracy").get("n").asInt()).isEqualTo(2);
        assertThat(runs("--by-seed").out()).contains("95 % of accuracy", "loss");
    }

    @Test
    void printsForOtherPrograms() throws IOException {
        JsonNode first = json("--sort", "name").get("runs").get(0);
        assertThat(first.get("name").asText()).isEqualTo("first");
        assertThat(first.get("status").asText()).isEqualTo("done");
        assertThat(first.get("settings").get("network.layers[0].filters").asInt())
                .isPositive();
        assertThat(first.get("metrics").get("accuracy").isDouble()).isTrue();
        assertThat(runs("--csv").out().lines().toList())
                .hasSize(4)
                .first()
                .asString()
                .startsWith("name,kind,created,status,seed,epochs,accuracy,");
        assertThat(runs("--markdown").out().lines().toList())
                .hasSize(5)
                .first()
                .asString()
                .startsWith("| name | age |");
        assertThat(runs("--csv", "--json").exitCode()).isEqualTo(2);
    }

    @Test
    void holdsTwoRunsAgainstEachOther() throws IOException {
        Run run = runs("diff", "first", "third");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("settings", "mcxent", "mse", "the same versions, on the same machine");
        assertThat(run.out()).containsPattern("of 100 test examples both are right on \\d+, only the first on \\d+");
        assertThat(run.out()).contains("on these examples");

        JsonNode json = json("diff", "first", "third");
        JsonNode rights = json.get("answers").get("rights");
        assertThat(rights.get("both").asInt()
                        + rights.get("only_first").asInt()
                        + rights.get("only_second").asInt()
                        + rights.get("neither").asInt())
                .isEqualTo(100);
        assertThat(json.get("same_test_data").asBoolean()).isTrue();
        // Each seed draws its own letters.
        assertThat(json("diff", "first", "second").get("why_not_paired").asText())
                .contains("tested on different data");
    }

    @Test
    void tagsAndNotes() {
        assertThat(runs("tag", "sec", "good", "paper").out()).contains("good, paper");
        assertThat(runs("note", "second", "to look at").exitCode()).isZero();
        assertThat(runs("--where", "tags = paper and note ~ look").out())
                .contains("second")
                .contains("good paper");
        assertThat(runs("untag", "second", "good").out()).doesNotContain("good");
        assertThat(runs("show", "second").out()).containsPattern("tags +paper").containsPattern("note +to look at");
        assertThat(Run.of("report", folder.resolve("second").toString()).exitCode())
                .isZero();
        assertThat(Run.of("evaluate", folder.resolve("second").toString()).exitCode())
                .isZero();
        assertThat(runs("untag", "second", "paper").exitCode()).isZero();
        assertThat(runs("note", "second", "").exitCode()).isZero();
    }

    @Test
    void removesAndRestores() {
        assertThat(runs("rm", "first", "third").exitCode()).isZero();
        assertThat(runs().out()).doesNotContain("first").contains("second");
        assertThat(runs("restore").out()).isEqualTo("first\nthird\n");
        assertThat(runs("empty").exitCode()).isEqualTo(2);
        assertThat(runs("restore", "first", "third").exitCode()).isZero();
        assertThat(runs().out()).contains("first", "second", "third");
        assertThat(Files.exists(folder.resolve(".trash/first"))).isFalse();
        assertThat(runs("empty").out()).isEqualTo("deleted: 0\n");
    }

    @Test
    void movesNothingWhereOneOfTheNamesIsNone() {
        assertThat(runs("rm", "first", "nope", "second").exitCode()).isEqualTo(2);
        assertThat(runs().out()).contains("first", "second");
        assertThat(runs("rm", "first", "second").exitCode()).isZero();
        assertThat(runs("restore", "first", "nope", "second").exitCode()).isEqualTo(2);
        assertThat(runs("restore").out()).isEqualTo("first\nsecond\n");
        assertThat(runs("restore", "first", "second", "first").exitCode()).isZero();
        assertThat(runs().out()).contains("first", "second", "third");
    }

    @Test
    void showsOneRun() throws IOException {
        JsonNode shown = json("show", "first");
        assertThat(shown.get("run_dir").asText())
                .isEqualTo(folder.resolve("first").toString());
        assertThat(shown.get("provenance").get("versions").get("featuremap").asText())
                .isNotBlank();
        assertThat(runs("show", "first").out()).containsPattern("test accuracy +\\d+\\.\\d\\d %");
        assertThat(runs("show", "nothing").exitCode()).isEqualTo(2);
    }

    @Test
    void loadsNoNd4j() throws Exception {
        List<String> command = JavaCommand.of(
                List.of("-Xlog:class+load:stdout"),
                JavaCommand.FEATUREMAP,
                List.of("runs", "--where", "seed > 0 and loss = mse", "--runs", folder.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String loaded = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(loaded).isZero();
        assertThat(loaded)
                .contains("dev.featuremap.workspace.RunsFolder", "\nthird ")
                .doesNotContain("org.nd4j", "org.deeplearning4j");
    }

    private static String firstWord(String line) {
        return line.substring(0, line.indexOf(' '));
    }

    private static Run runs(String... arguments) {
        List<String> line = new ArrayList<>(List.of("runs"));
        line.addAll(Arrays.asList(arguments));
        line.addAll(List.of("--runs", folder.toString()));
        return Run.of(line.toArray(String[]::new));
    }

    private static JsonNode json(String... arguments) throws IOException {
        List<String> line = new ArrayList<>(Arrays.asList(arguments));
        line.add("--json");
        Run run = runs(line.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.out()).isZero();
        return new ObjectMapper().readTree(run.out());
    }
}
