package dev.featuremap.experiment;

/** What is learned of a label. */
public enum LabelMode {
    /** Its class, as one output per class (one-hot). */
    CLASS,
    /** Its value as a number, as one output: regression. */
    VALUE
}
