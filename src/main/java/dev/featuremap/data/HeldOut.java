package dev.featuremap.data;

import dev.featuremap.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which examples are held out: those whose share, a hash of the seed, their class and their own identity, is below the share
 * asked for. So an example stays on its side whatever others come or go.
 *
 * <p>One exception: a class all of whose two or more examples would be on one side has the nearest of them on the other, and a
 * class's only example is never held out.
 */
final class HeldOut {
    private final RandomStream purpose;
    private final long seed;
    private final double share;

    /** @param purpose what they are held out for: two purposes draw independently */
    HeldOut(RandomStream purpose, long seed, double share) {
        this.purpose = purpose;
        this.seed = seed;
        this.share = share;
    }

    /** For each picture whether it is held out. Where labels are values, all are of one class. */
    boolean[] among(Pictures pictures) {
        double[] shares = new double[pictures.count()];
        Map<String, List<Integer>> classes = new LinkedHashMap<>();
        for (int i = 0; i < shares.length; i++) {
            String name = pictures.className(i);
            shares[i] = purpose.of(seed, hash(name), hash(pictures.identity(i))).share();
            classes.computeIfAbsent(name, first -> new ArrayList<>()).add(i);
        }
        boolean[] heldOut = new boolean[shares.length];
        classes.values().forEach(members -> mark(members, shares, heldOut));
        return heldOut;
    }

    private void mark(List<Integer> members, double[] shares, boolean[] heldOut) {
        int least = members.get(0);
        int most = members.get(0);
        for (int member : members) {
            heldOut[member] = shares[member] < share;
            least = shares[member] < shares[least] ? member : least;
            most = shares[member] >= shares[most] ? member : most;
        }
        heldOut[least] = true;
        heldOut[most] = false;
    }

    /** Of the text in Unicode's composed form: file systems differ in the form they give names back in. */
    private static long hash(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        return ByteBuffer.wrap(Sha256.digest().digest(composed.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }
}
