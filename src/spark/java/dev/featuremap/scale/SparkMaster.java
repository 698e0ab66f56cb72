package dev.featuremap.scale;

import dev.featuremap.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where Spark's tasks run, as the user named it.
 *
 * @param name in Spark's form: {@code local[2]}, {@code spark://host:7077}, {@code yarn} …
 */
record SparkMaster(String name) {
    private static final Pattern LOCAL = Pattern.compile("local(?:\\[(\\*|[1-9]\\d{0,3})(?:,([1-9]\\d{0,3}))?])?");
    private static final Pattern STANDALONE = Pattern.compile("spark://(.+)");
    private static final Pattern HOST = Pattern.compile("\\[?([^\\[\\]]+?)]?:(\\d{1,5})");
    private static final int PATIENCE_MILLISECONDS = 5_000;

    /**
     * Reads a name.
     *
     * @throws Failure (usage) when it is none that Spark knows
     */
    static SparkMaster of(String name) {
        SparkMaster master = new SparkMaster(name);
        boolean known = LOCAL.matcher(name).matches()
                || master.isStandalone()
                || Stream.of("yarn", "k8s://").anyMatch(name::startsWith);
        if (!known) {
            throw Failure.usage(
                    "--spark: found " + name + ", which names no Spark master",
                    "give local[2] for cores of this machine, spark://HOST:PORT for a standalone cluster, yarn or k8s://… under"
                            + " spark-submit");
        }
        return master;
    }

    /** Whether the tasks run in this process. */
    boolean isLocal() {
        return name.startsWith("local");
    }

    private boolean isStandalone() {
        Matcher matcher = STANDALONE.matcher(name);
        return matcher.matches()
                && Stream.of(matcher.group(1).split(",", -1))
                        .allMatch(host -> HOST.matcher(host).matches());
    }

    /** Cores of a local master; empty for a cluster, whose machines come and go. */
    OptionalInt localCores() {
        Matcher matcher = LOCAL.matcher(name);
        if (!matcher.matches()) {
            return OptionalInt.empty();
        }
        String cores = matcher.group(1);
        if (cores == null) {
            return OptionalInt.of(1);
        }
        return OptionalInt.of(cores.equals("*") ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(cores));
    }

    /** The name Spark is given: a local master, too, tries a task again that failed, as a cluster does. */
    String withRetries(int tries) {
        OptionalInt cores = localCores();
        boolean stated = name.contains(",");
        return cores.isPresent() && !stated ? "local[" + cores.getAsInt() + "," + tries + "]" : name;
    }

    /**
     * The address of this machine that the master of a standalone cluster sees; empty for other clusters.
     *
     * <p>Spark itself tries a master that is not there for a minute and more; a look at its port tells at once.
     *
     * @throws Failure (environment) when no master answers
     */
    Optional<InetAddress> seenFrom() {
        Matcher matcher = STANDALONE.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        List<String> reasons = new ArrayList<>();
        for (String host : matcher.group(1).split(",", -1)) {
            Matcher parts = HOST.matcher(host);
            if (!parts.matches()) {
                throw new IllegalStateException(name);
            }
            try (Socket socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(InetAddress.getByName(parts.group(1)), Integer.parseInt(parts.group(2))),
                        PATIENCE_MILLISECONDS);
                return Optional.of(socket.getLocalAddress());
            } catch (UnknownHostException e) {
                reasons.add(host + ": no such host");
            } catch (IOException | IllegalArgumentException e) {
                reasons.add(host + ": " + e.getMessage());
            }
        }
        throw unreachable(String.join("; ", reasons), null);
    }

    /** The failure to show when nobody answers as a Spark master does. */
    Failure unreachable(String reason, Exception underlying) {
        return Failure.environment(
                "no Spark master can be reached at " + name + ": " + reason,
                "start one there (Spark " + org.apache.spark.package$.MODULE$.SPARK_VERSION()
                        + "), mend the address, or use --spark local[2] for cores of this machine",
                underlying);
    }
}
