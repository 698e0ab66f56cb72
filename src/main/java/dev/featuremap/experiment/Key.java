package dev.featuremap.experiment;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A key of an experiment file: one record component, with its meaning, default and range. */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Key {
    /** What it means, with units, in one sentence. */
    String value();

    /**
     * The default as it would stand in the file; empty: the key is required (or, for an Optional, absent).
     * {@code $size} means the value of the key {@code size}, which must come before this one.
     */
    String byDefault() default "";

    /** Allowed numbers in interval notation, such as {@code [1, 100000]}, {@code (0, 1)} or {@code [0, inf)}. */
    String range() default "";

    /** Whether it is a path: then {@code ~} and relative ones are resolved by {@link dev.featuremap.UserPath}. */
    boolean isPath() default false;
}
