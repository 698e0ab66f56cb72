package dev.featuremap.lecture;

import dev.featuremap.experiment.Experiment;
import dev.featuremap.page.Language;
import dev.featuremap.page.Page;
import java.util.List;

/** All topics with their usual values, in the order of the lecture. */
public final class Lecture {
    /** The seed where none is given. */
    public static final long USUAL_SEED = 42;

    private Lecture() {}

    /**
     * The pages of all topics.
     *
     * @param lectureNetwork the slides' network as an experiment
     */
    public static List<Page> pages(Language language, Experiment lectureNetwork) {
        XoNetwork network = XoNetwork.train(USUAL_SEED);
        return List.of(
                GradientPage.of(GradientStep.of(GradientStep.Request.USUAL), language),
                XoPage.of(XoTopic.of(network), language),
                HomeworkPage.of(Homework.usual(), language),
                ShapesPage.of(ShapesTopic.ofSlides(lectureNetwork), language),
                PoolingPage.of(PoolingTopic.compute(), language),
                DropoutPage.of(DropoutTopic.of(0.5, USUAL_SEED), language),
                DensePage.of(DenseTopic.of(USUAL_SEED), language),
                OneHotPage.of(OneHotTopic.of(network), language));
    }

    /** The page that leads to them all. */
    public static Page index(Language language) {
        return page("index", language, "The lecture on CNN basics", "CNN 基础课")
                .prose(
                        "What the lecture teaches, worked out: every number and picture on these pages is computed. L1 to L12 are its topics, as this project numbers them.",
                        "把课程所讲的内容算给你看：这些网页上的每个数、每幅图都是算出来的。L1 到 L12 是本项目给课程各主题的编号。")
                .page();
    }

    /** Begins the page of a topic. */
    static Page.Writer page(String topic, Language language, String englishTitle, String chineseTitle) {
        return new Page.Writer(topic, language.say("lecture", "课程"), language, englishTitle, chineseTitle);
    }
}
