package dev.featuremap.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.featuremap.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnedDirectoryTest {
    private static final String BASE = "name: letters\nepochs: 3\n";
    private static final String PLAN = "name: small\nseeds: 2\nbase: a.yaml\n";

    @TempDir
    Path parent;

    private Path folder;

    @BeforeEach
    void nameTheFolder() {
        folder = parent.resolve("c");
    }

    @Test
    void holdsTheFilesThatSayWhoseItIs() throws IOException {
        try (OwnedDirectory owned = OwnedDirectory.open(folder, owner(BASE, PLAN))) {
            assertThat(owned.path()).isEqualTo(folder);
            assertThat(folder.resolve("base.yaml")).hasContent(BASE);
            assertThat(folder.resolve("plan.yaml")).hasContent(PLAN);
        }
    }

    @Test
    void isOpenedAgainByItsOwner() throws IOException {
        claimed();

        try (OwnedDirectory again = OwnedDirectory.open(folder, owner(BASE, PLAN))) {
            assertThat(again.path()).isEqualTo(folder);
        }
        assertThat(folder.resolve("kept")).exists();
    }

    @Test
    void whoWantsTheEndIsHeardWhileItIsOpenAndForgottenAfter() throws IOException {
        claimed();
        try (OwnedDirectory owned = OwnedDirectory.open(folder, owner(BASE, PLAN))) {
            assertThat(owned.stop().isThere()).isFalse();
            new StopFile(folder).ask();
            assertThat(owned.stop().isThere()).isTrue();
        }
        assertThat(folder.resolve("stop")).doesNotExist();
        new StopFile(folder).ask();
        try (OwnedDirectory again = OwnedDirectory.open(folder, owner(BASE, PLAN))) {
            assertThat(again.stop().isThere()).isFalse();
        }
    }

    @Test
    void aFolderCalledStopAsksForNothing() throws IOException {
        try (OwnedDirectory owned = OwnedDirectory.open(folder, owner(BASE, PLAN))) {
            Files.createDirectory(folder.resolve("stop"));
            assertThat(owned.stop().isThere()).isFalse();
        }
        assertThat(folder.resolve("stop")).isDirectory();
    }

    @Test
    void takesOverWhatMayChange() throws IOException {
        claimed();
        String moved = PLAN.replace("a.yaml", "b.yaml");
        Files.writeString(folder.resolve("result.json"), "of the plan as it was");

        OwnedDirectory.open(folder, owner(BASE, moved)).close();

        assertThat(folder.resolve("plan.yaml")).hasContent(moved);
        assertThat(folder.resolve("result.json")).doesNotExist();
    }

    @Test
    void refusesAnotherOwnerWithWhatDiffersOfThePlanFirst() throws IOException {
        claimed();

        Failure failure = refusal(BASE.replace("3", "4"), PLAN.replace("2", "5"));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
        assertThat(failure)
                .hasMessage(folder + " holds another comparison; in its plan.yaml stands [seeds: 2], asked for is"
                        + " [seeds: 5]");
        assertThat(failure.remedy())
                .isEqualTo(
                        "name another folder with --run-dir or another name with comparison.name=..., or remove this one");
        assertThat(refusal(BASE.replace("3", "4"), PLAN))
                .hasMessage(folder + " holds another comparison; in its base.yaml stands [epochs: 3], asked for is"
                        + " [epochs: 4]");
        assertThat(folder.resolve("base.yaml")).hasContent(BASE);
    }

    @Test
    void readsWhatAnEarlierVersionWroteAsItWouldBePrintedNow() throws IOException {
        claimed();
        Files.writeString(folder.resolve("base.yaml"), "name: letters\n");

        OwnedDirectory.open(folder, owner(BASE, PLAN)).close();

        assertThat(folder.resolve("base.yaml")).hasContent(BASE);
    }

    @Test
    void comparesWhatCanNoMoreBeReadAsItStands() throws IOException {
        claimed();
        Files.writeString(folder.resolve("base.yaml"), "name: letters\nepochs: many\n");

        assertThat(refusal(BASE, PLAN))
                .hasMessage(folder + " holds another comparison; in its base.yaml stands [epochs: many], asked for is"
                        + " [epochs: 3]");
    }

    @Test
    void refusesAFileThatThisProgramDidNotWrite() throws IOException {
        claimed();
        Files.writeString(folder.resolve("plan.yaml"), "seeds: 2\n");

        Failure failure = refusal(BASE, PLAN);

        assertThat(failure.kind()).isEqualTo(Failure.Kind.MODEL);
        assertThat(failure).hasMessage(folder.resolve("plan.yaml") + ": is not what this program wrote there");
    }

    @Test
    void refusesAFileThatIsGone() throws IOException {
        claimed();
        Files.delete(folder.resolve("base.yaml"));

        assertThat(refusal(BASE, PLAN)).hasMessageStartingWith(folder.resolve("base.yaml") + " cannot be read: ");
    }

    @Test
    void refusesAFolderOfSomethingElse() throws IOException {
        Files.createDirectories(folder);
        for (String name : List.of("thesis.txt", "thesis.tmp", "base.yaml.bak")) {
            Path mine = Files.writeString(folder.resolve(name), "mine");

            Failure failure = refusal(BASE, PLAN);

            assertThat(failure.kind()).isEqualTo(Failure.Kind.ENVIRONMENT);
            assertThat(failure).hasMessage(folder + " is already there and is not a comparison's folder");
            assertThat(folder.resolve("plan.yaml")).doesNotExist();
            Files.delete(mine);
        }
    }

    @Test
    void claimsWhatAProcessLeftThatDiedBeforeItHadClaimedIt() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(".lock"), "");
        Files.writeString(folder.resolve("base.yaml"), "half");
        Files.writeString(folder.resolve("plan.yaml.1.tmp"), "half");

        OwnedDirectory.open(folder, owner(BASE, PLAN)).close();

        assertThat(folder.resolve("base.yaml")).hasContent(BASE);
        assertThat(folder.resolve("plan.yaml")).hasContent(PLAN);
    }

    @Test
    void leavesNothingOfAFolderInWhichNothingCameToBe() throws IOException {
        OwnedDirectory.open(folder, owner(BASE, PLAN)).close();
        assertThat(folder).doesNotExist();

        Files.createDirectories(folder);
        OwnedDirectory.open(folder, owner(BASE, PLAN)).close();
        assertThat(folder).exists();
    }

    @Test
    void isOneProcesssAtATime() {
        try (OwnedDirectory owned = OwnedDirectory.open(folder, owner(BASE, PLAN))) {
            assertThat(owned.path()).isEqualTo(folder);
            assertThat(refusal(BASE, PLAN).kind()).isEqualTo(Failure.Kind.ENVIRONMENT);
        }
        OwnedDirectory.open(folder, owner(BASE, PLAN)).close();
    }

    /** A folder of that owner in which something has come to be. */
    private void claimed() throws IOException {
        try (OwnedDirectory owned = OwnedDirectory.open(folder, owner(BASE, PLAN))) {
            Files.writeString(owned.path().resolve("kept"), "");
        }
    }

    private Failure refusal(String base, String plan) {
        return catchThrowableOfType(
                Failure.class,
                () -> OwnedDirectory.open(folder, owner(base, plan)).close());
    }

    /** Of a base without epochs, today's version prints 3; of many, it cannot read them. */
    private static OwnedDirectory.Owner owner(String base, String plan) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("base.yaml", base);
        files.put("plan.yaml", plan);
        return new OwnedDirectory.Owner(
                "comparison",
                "comparison.name",
                files,
                line -> line.startsWith("base: "),
                (name, text) -> {
                    if (text.contains("many")) {
                        throw Failure.usage("epochs: found many", "write a number");
                    }
                    return text.equals("name: letters\n") ? BASE : text;
                },
                List.of("result.json"));
    }
}
