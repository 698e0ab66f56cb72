package dev.featuremap.experiment;

import java.io.Serializable;
import java.util.List;

/**
 * What a data set's examples look like: pictures of {@code [channels, height, width]} and their labels.
 *
 * @param classNames the classes in the order of their numbers; empty when the label is a value
 */
public record DataShape(int channels, int height, int width, List<String> classNames) implements Serializable {
    private static final long serialVersionUID = 1L;

    public DataShape {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException("not a picture: " + channels + "x" + height + "x" + width);
        }
        classNames = List.copyOf(classNames);
    }

    /** The same pictures with these classes. */
    public DataShape withClasses(List<String> names) {
        return new DataShape(channels, height, width, names);
    }

    /** Numbers per example. */
    public int features() {
        return channels * height * width;
    }

    public LabelMode label() {
        return classNames.isEmpty() ? LabelMode.VALUE : LabelMode.CLASS;
    }

    /** Outputs a network needs: one per class, or one for a value. */
    public int outputs() {
        return classNames.isEmpty() ? 1 : classNames.size();
    }

    /** The picture's part, such as {@code 1x28x28}. */
    public String picture() {
        return channels + "x" + height + "x" + width;
    }
}
