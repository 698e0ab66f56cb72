package dev.featuremap.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.run.Mistakes.Mistake;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MistakesTest {
    @TempDir
    Path folder;

    @Test
    void areReadAsTheyWereWritten() {
        RunDirectory run = RunDirectory.create(folder.resolve("run"));
        Mistakes classes = new Mistakes(
                9,
                2,
                List.of(
                        new Mistake(8, "a/8.png", "pictures/a/8.png", "X", "O", 0.75, 0.25, EndedRun.png(96, 1)),
                        mistake(3, 0.625)));
        Mistakes values = new Mistakes(2, null, List.of(mistake(1, null), mistake(0, null)));

        run.writeMistakes(classes);
        assertThat(run.mistakes()).contains(classes);
        run.writeMistakes(values);
        assertThat(run.mistakes()).contains(values);
    }

    @Test
    void areNoMoreThanThereCanBe() {
        List<Mistake> many =
                IntStream.range(0, 25).mapToObj(i -> mistake(i, 0.5)).toList();

        assertThat(new Mistakes(100, 50, many.subList(0, 24)).worst()).hasSize(24);
        assertThatThrownBy(() -> new Mistakes(100, 50, many)).hasMessage("25 mistakes of 50 in 100 examples");
        assertThatThrownBy(() -> new Mistakes(100, 1, many.subList(0, 2)))
                .hasMessage("2 mistakes of 1 in 100 examples");
        assertThatThrownBy(() -> new Mistakes(3, 4, List.of())).hasMessage("0 mistakes of 4 in 3 examples");
        assertThatThrownBy(() -> new Mistakes(3, -1, List.of())).hasMessage("0 mistakes of -1 in 3 examples");
        assertThat(new Mistakes(0, 0, List.of()).worst()).isEmpty();
        assertThat(new Mistakes(3, 3, many.subList(0, 3)).worst()).hasSize(3);
    }

    @Test
    void areOfExamplesThatThereAreEachOnce() {
        assertThatThrownBy(() -> new Mistakes(3, 2, List.of(mistake(3, 0.5))))
                .hasMessage("no example, or one twice, is number 3");
        assertThatThrownBy(() -> new Mistakes(3, 2, List.of(mistake(-1, 0.5))))
                .hasMessage("no example, or one twice, is number -1");
        assertThatThrownBy(() -> new Mistakes(3, 2, List.of(mistake(1, 0.5), mistake(1, 0.5))))
                .hasMessage("no example, or one twice, is number 1");
    }

    @Test
    void comeWorstFirstWithTheOutputsOfClasses() {
        assertThatThrownBy(() -> new Mistakes(3, 2, List.of(mistake(0, 0.5), mistake(1, 0.75))))
                .hasMessage("the worst do not come first: 0.75");
        assertThat(new Mistakes(3, 2, List.of(mistake(0, 0.5), mistake(1, 0.5))).worst())
                .hasSize(2);
        assertThatThrownBy(() -> new Mistakes(3, 2, List.of(mistake(0, null))))
                .hasMessage("outputs belong to answers that are wrong classes");
        assertThatThrownBy(() -> new Mistakes(3, null, List.of(mistake(0, 0.5))))
                .hasMessage("outputs belong to answers that are wrong classes");
        assertThatThrownBy(() -> new Mistake(0, null, null, "X", "O", 0.75, null, EndedRun.png(1, 1)))
                .hasMessage("the outputs of two classes go together");
    }

    @Test
    void showPicturesThatCanBeShown() {
        for (int[] wrong : new int[][] {{97, 9}, {9, 97}, {0, 9}, {9, 0}, {-1, 9}}) {
            assertThatThrownBy(() -> picture(EndedRun.png(wrong[0], wrong[1])))
                    .hasMessage("a picture of " + wrong[0] + "x" + wrong[1] + " and 32 characters is no PNG of at most"
                            + " 96x96");
        }
        byte[] png = Base64.getDecoder().decode(EndedRun.png(9, 9));
        for (byte[] wrong : List.of(Arrays.copyOf(png, 23), Arrays.copyOfRange(png, 1, 24), new byte[24])) {
            assertThatThrownBy(() -> picture(Base64.getEncoder().encodeToString(wrong)))
                    .hasMessageStartingWith("a picture of 0x0 ");
        }
        String most = EndedRun.png(9, 9) + String.join("", Collections.nCopies((1 << 17) - 32, "A"));
        assertThat(picture(most).png()).isEqualTo(most);
        assertThatThrownBy(() -> picture(most + "AAAA")).hasMessageContaining("9x9 and 131076 characters");
    }

    private static Mistake mistake(int index, Double output) {
        return new Mistake(index, null, null, "X", "O", output, output == null ? null : 1 - output, EndedRun.png(9, 9));
    }

    private static Mistake picture(String png) {
        return new Mistake(0, null, null, "X", "O", null, null, png);
    }
}
