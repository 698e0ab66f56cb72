package dev.featuremap.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.featuremap.run.DirectoryLock;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunTags;
import dev.featuremap.workspace.Entry.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsFolderTest {
    @TempDir
    Path runs;

    @Test
    void tellsOfARunWhatItsFilesTell() {
        RunDirectory run = WrittenRuns.ended(runs.resolve("20260203-040506-letters-7"), 98, "seed=7");
        new RunTags(List.of("good"), "the first").write(run.path());

        Entry entry = listed().get(0);

        assertThat(entry.name()).isEqualTo("20260203-040506-letters-7");
        assertThat(entry.kind()).isEqualTo(Kind.RUN);
        assertThat(entry.created()).isEqualTo("2026-02-03T04:05:06Z");
        assertThat(entry.status()).isEqualTo("done");
        assertThat(entry.seed()).isEqualTo(7);
        assertThat(entry.settings()).containsEntry("network.layers[0].filters", "8");
        assertThat(entry.outcome().epochs()).isEqualTo(2);
        assertThat(entry.outcome().seconds()).isEqualTo(12.5);
        assertThat(entry.outcome().engine()).isEqualTo("onednn");
        assertThat(entry.outcome().metrics()).containsEntry("accuracy", 0.98).containsEntry("test.accuracy", 0.98);
        assertThat(entry.tags().tags()).containsExactly("good");
        assertThat(entry.tags().note()).isEqualTo("the first");
    }

    @Test
    void listsTheNewestFirst() {
        WrittenRuns.ended(runs.resolve("20260203-040506-a-1"), 90);
        WrittenRuns.ended(runs.resolve("20260303-040506-b-1"), 90);
        WrittenRuns.ended(runs.resolve("20260103-040506-c-1"), 90);

        assertThat(listed())
                .extracting(Entry::name)
                .containsExactly("20260303-040506-b-1", "20260203-040506-a-1", "20260103-040506-c-1");
    }

    @Test
    void tellsTheSameFromItsIndex() {
        WrittenRuns.ended(runs.resolve("a"), 90, "seed=5", "loss=mse");
        WrittenRuns.ended(runs.resolve("b"), 80);
        List<Entry> before = listed();

        assertThat(runs.resolve(".index")).isRegularFile();
        assertThat(listed()).isEqualTo(before);
        assertThat(RunIndex.read(runs)).containsOnlyKeys("a", "b");
    }

    @Test
    void readsAnewWhatHasChangedSinceTheIndex() throws IOException {
        RunDirectory run = WrittenRuns.ended(runs.resolve("a"), 90);
        listed();

        Path result = run.path().resolve("result.json");
        FileTime time = Files.getLastModifiedTime(result);
        Files.writeString(result, Files.readString(result).replace("\"epochs\" : 2", "\"epochs\" : 3"));
        Files.setLastModifiedTime(result, FileTime.from(time.toInstant().plusNanos(1000)));

        assertThat(listed().get(0).outcome().epochs()).isEqualTo(3);
    }

    @Test
    void seesTagsThatCameAfterTheIndex() {
        RunDirectory run = WrittenRuns.ended(runs.resolve("a"), 90);
        RunsFolder folder = new RunsFolder(runs);
        assertThat(folder.entries(false).get(0).tags()).isEqualTo(RunTags.NONE);

        RunTags.NONE.with(List.of("later")).write(run.path());

        assertThat(folder.entries(false).get(0).tags().tags()).containsExactly("later");
        assertThat(listed().get(0).tags().tags()).containsExactly("later");
    }

    @Test
    void doesNotKeepWhatWasChangedJustNow() throws IOException {
        RunDirectory run = WrittenRuns.ended(runs.resolve("a"), 90);
        Files.setLastModifiedTime(run.path().resolve("result.json"), FileTime.fromMillis(System.currentTimeMillis()));

        listed();

        assertThat(RunIndex.read(runs)).isEmpty();
    }

    @Test
    void goesWithoutAnIndexThatIsDamaged() throws IOException {
        WrittenRuns.ended(runs.resolve("a"), 90);
        List<Entry> entries = listed();
        Path index = runs.resolve(".index");
        byte[] sound = Files.readAllBytes(index);
        for (int at = 0; at < sound.length; at++) {
            byte[] damaged = sound.clone();
            damaged[at] ^= 0x10;
            Files.write(index, damaged);
            assertThat(RunIndex.read(runs)).as("byte %d", at).isEmpty();
        }
        Files.write(index, java.util.Arrays.copyOf(sound, sound.length / 2));
        assertThat(listed()).isEqualTo(entries);
        assertThat(RunIndex.read(runs)).containsOnlyKeys("a");
    }

    @Test
    void needsNoIndexWhereItMayNotWrite() throws IOException {
        WrittenRuns.ended(runs.resolve("a"), 90);
        Files.createDirectory(runs.resolve(".index"));

        assertThat(listed()).hasSize(1);
        assertThat(listed()).hasSize(1);
    }

    @Test
    void givesEveryFolderARowWhateverIsInIt() throws Exception {
        Files.createDirectory(runs.resolve("empty"));
        Path damaged = WrittenRuns.ended(runs.resolve("damaged"), 90).path();
        Files.writeString(damaged.resolve("result.json"), "{\"status\": ");
        Path other = WrittenRuns.ended(runs.resolve("other"), 90).path();
        Files.writeString(other.resolve("experiment.yaml"), "- no\n- experiment\n");
        Path linked = WrittenRuns.ended(runs.resolve("linked"), 90).path();
        Files.delete(linked.resolve("result.json"));
        Files.createSymbolicLink(linked.resolve("result.json"), damaged.resolve("experiment.yaml"));
        Path pipe = Files.createDirectory(runs.resolve("pipe"));
        new ProcessBuilder("mkfifo", pipe.resolve("experiment.yaml").toString())
                .start()
                .waitFor();
        Files.createSymbolicLink(runs.resolve("link"), damaged);
        Files.createSymbolicLink(runs.resolve("loop"), runs.resolve("loop"));
        Files.createDirectory(runs.resolve(".hidden"));
        Files.writeString(runs.resolve("a file"), "");
        Path comparison = Files.createDirectory(runs.resolve("comparison"));
        Files.writeString(comparison.resolve("comparison.yaml"), "name: x\n");
        Files.writeString(comparison.resolve("comparison.json"), "[]");

        assertThat(listed())
                .extracting(entry -> entry.name() + ": " + entry.status())
                .containsExactlyInAnyOrder(
                        "empty: not a run",
                        "damaged: damaged",
                        "other: damaged",
                        "linked: damaged",
                        "pipe: damaged",
                        "link: not a run",
                        "comparison: damaged");
        assertThat(listed())
                .filteredOn(entry -> entry.status().equals("damaged"))
                .allSatisfy(entry -> assertThat(entry.state().fault()).isNotBlank());
    }

    @Test
    void tellsWhatIsGoingOnFromWhatWasStopped() throws IOException {
        Path stopped = WrittenRuns.ended(runs.resolve("stopped"), 90).path();
        Files.delete(stopped.resolve("result.json"));
        Path goingOn = WrittenRuns.ended(runs.resolve("going on"), 90).path();
        Files.delete(goingOn.resolve("result.json"));

        try (DirectoryLock held = DirectoryLock.of(goingOn)) {
            assertThat(listed())
                    .extracting(entry -> entry.name() + ": " + entry.status())
                    .containsExactlyInAnyOrder("stopped: not finished", "going on: going on");
        }
    }

    @Test
    void listsTheRunsOfComparisonsOnlyWhenAskedTo() throws IOException {
        Path comparison = Files.createDirectory(runs.resolve("compare"));
        Files.writeString(comparison.resolve("comparison.yaml"), "name: x\n");
        Files.createDirectory(comparison.resolve("mse"));
        WrittenRuns.ended(comparison.resolve("mse/seed-1"), 90);

        assertThat(listed()).extracting(Entry::name).containsExactly("compare");
        assertThat(new RunsFolder(runs).entries(true))
                .extracting(Entry::name)
                .containsExactlyInAnyOrder("compare", "compare/mse/seed-1");
    }

    @Test
    void tellsTheBestMemberOfAComparisonThatDoesNotSayWhatRanksIt() throws IOException {
        Path comparison = Files.createDirectory(runs.resolve("compare"));
        Files.writeString(comparison.resolve("comparison.yaml"), "name: x\n");
        Files.writeString(comparison.resolve("comparison.json"), """
                {"name": "x", "members": [
                  {"name": "mse", "overrides": [], "runs": [], "summary":
                    {"accuracy": {"n": 2, "mean": 0.9, "sd": 0.1, "ci95": [0.8, 1.0]}, "mse": {"n": 2, "mean": 0.1, "sd": 0.1}}},
                  {"name": "mae", "overrides": [], "runs": [], "summary":
                    {"accuracy": {"n": 2, "mean": 0.8, "sd": 0.1, "ci95": [0.7, 0.9]}, "mse": {"n": 2, "mean": 0.2, "sd": 0.1}}}]}
                """);

        Entry entry = listed().get(0);

        assertThat(entry.status()).as(entry.state().fault()).isEqualTo("done");
        assertThat(entry.outcome().metrics()).containsOnly(entry("accuracy", 0.9), entry("mse", 0.1));
    }

    @Test
    void holdsNothingWhereThereIsNoFolder() {
        assertThat(new RunsFolder(runs.resolve("nowhere")).entries(true)).isEmpty();
    }

    private List<Entry> listed() {
        return new RunsFolder(runs).entries(false);
    }
}
