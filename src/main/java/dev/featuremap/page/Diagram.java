package dev.featuremap.page;

/** What is drawn in a page, and can be a file of its own. */
public sealed interface Diagram permits Chart, IntervalChart {
    /** What a template calls it, and a file of its own before {@code .svg}. */
    String id();

    /** It as a picture. */
    Drawing drawing();
}
