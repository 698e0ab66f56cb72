package dev.featuremap.experiment;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How a file says which form of a sealed interface it means: by the value of one key.
 *
 * <p>A sealed interface without it has forms that are told apart by the name of their first component.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Choice {
    /** The key whose value is the name of a form. */
    String key();

    /** What the choice decides, in one sentence. */
    String meaning();

    /** The form of one component that is written as that component's bare value; {@code Record.class}: none. */
    Class<? extends Record> bare() default Record.class;
}
