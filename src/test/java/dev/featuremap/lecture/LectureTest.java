package dev.featuremap.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.UserPath;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.page.Block;
import dev.featuremap.page.HtmlForm;
import dev.featuremap.page.Language;
import dev.featuremap.page.Page;
import java.util.List;
import org.junit.jupiter.api.Test;

class LectureTest {
    private static final Experiment NETWORK =
            ExperimentFile.read(UserPath.find("conf/experiment/mnist-lecture-cnn.yaml"), List.of());

    /** Without its program a page shows all that stands on it, and nothing of what the program would. */
    @Test
    void withoutJavaScriptAPageShowsEverythingButWhatCanBeChanged() {
        for (Page page : Lecture.pages(Language.EN, NETWORK)) {
            List<Block> still = page.blocks().stream()
                    .filter(block -> !(block instanceof Block.Interactive))
                    .toList();
            assertThat(main(page).replaceAll("<div class=\"interactive\" hidden>[^<]*</div>", ""))
                    .as(page.name())
                    .isEqualToIgnoringWhitespace(
                            main(new Page(page.name(), page.kind(), page.title(), page.language(), still)));
        }
    }

    private static String main(Page page) {
        String html = HtmlForm.of(page);
        return html.substring(html.indexOf("<main>"), html.indexOf("</main>"));
    }
}
