package dev.featuremap.train;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;

/**
 * A picture as a network takes it.
 *
 * @param done where it is from, and what was done to it
 * @param pixels {@code [channels, height, width]}, scaled
 */
@SuppressWarnings("ArrayRecordComponent")
public record PreparedPicture(Done done, float[] pixels) {
    /**
     * What was done to a picture.
     *
     * @param image its file; of an example in a file of many, the file and its index there
     * @param index of an example within its split; null for a picture that was given
     * @param trueLabel an example's class or value; null for a picture that was given
     * @param inverted whether light and dark changed places
     * @param resizedFrom its own width and height, such as 640x480; null when they are the network's
     * @param fittedInk the width and height of the ink that was cut out and fitted as MNIST's digits were, such as 120x310; null when
     *     the picture was taken as a whole
     * @param withoutInk whether ink was looked for, and none was found
     * @param madeGrey whether colours became grey
     */
    @JsonInclude(Include.NON_NULL)
    public record Done(
            String image,
            Integer index,
            String trueLabel,
            boolean inverted,
            String resizedFrom,
            String fittedInk,
            boolean withoutInk,
            boolean madeGrey) {
        /** The same in words. */
        public String said() {
            return (resizedFrom == null ? "of the network's size" : "resized from " + resizedFrom)
                    + (fittedInk == null ? "" : ", its ink of " + fittedInk + " fitted as MNIST's digits")
                    + (withoutInk ? ", no ink found to fit as MNIST's digits" : "")
                    + (madeGrey ? ", colours made grey" : "")
                    + (inverted ? ", light and dark exchanged" : ", light and dark kept");
        }
    }
}
