package dev.featuremap.ui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What it costs a training to be watched: the same one in turn unwatched and watched by a client that asks as the page of a run does,
 * as the ratio of the medians of their seconds, and what the server computes for it. Arguments: the server's address and process, the
 * folder of its runs, the rounds, and the command that trains, to which {@code --run-dir} is added.
 */
final class WatchCost {
    private static final int WARM = 1;

    private final Asking asking;
    private final ProcessHandle server;
    private final Path runs;
    private final List<String> command;
    private final Set<String> parameters = new HashSet<>();
    private final List<Double> milliseconds = new ArrayList<>();

    private double watchedSeconds;
    private double serverSeconds;

    private WatchCost(String address, ProcessHandle server, Path runs, List<String> command) {
        this.asking = new Asking(address);
        this.server = server;
        this.runs = runs;
        this.command = command;
    }

    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[3]);
        ProcessHandle server = ProcessHandle.of(Long.parseLong(args[1])).orElseThrow();
        WatchCost cost =
                new WatchCost(args[0], server, Path.of(args[2]), List.of(args).subList(4, args.length));
        List<Double> alone = new ArrayList<>();
        List<Double> watched = new ArrayList<>();
        for (int round = -WARM; round < rounds; round++) {
            boolean firstAlone = round % 2 == 0; // What the machine does meanwhile is to meet both.
            double first = cost.seconds(!firstAlone);
            double second = cost.seconds(firstAlone);
            System.out.printf(
                    "%s: alone %.2f s, watched %.2f s of training%n",
                    round < 0 ? "to warm up" : "round " + (round + 1),
                    firstAlone ? first : second,
                    firstAlone ? second : first);
            if (round < 0) {
                cost.serverSeconds = 0; // It was compiling.
                cost.watchedSeconds = 0;
            } else {
                alone.add(firstAlone ? first : second);
                watched.add(firstAlone ? second : first);
            }
        }
        System.out.printf(
                "the server computes %.1f ms in each second that it is asked%n",
                1000 * cost.serverSeconds / cost.watchedSeconds);
        System.out.printf(
                "watched takes %.4f of the time alone (medians %.3f and %.3f s); asked %d times, each %.1f ms (median); parameters of %d kinds, where 1 is right%n",
                median(watched) / median(alone),
                median(watched),
                median(alone),
                cost.milliseconds.size(),
                median(cost.milliseconds),
                cost.parameters.size());
    }

    /** Of the training of a run. */
    private double seconds(boolean isWatched) throws IOException, InterruptedException {
        String name = "run-" + System.nanoTime();
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of("--json", "--quiet", "--run-dir", runs.resolve(name).toString()));
        Process process =
                new ProcessBuilder(line).redirectError(Redirect.INHERIT).start();
        if (isWatched) {
            Thread watching = new Thread(() -> watch(process, "api/runs/" + name));
            long start = System.nanoTime();
            double before = computed();
            watching.start();
            watching.join(); // Until the training has ended.
            serverSeconds += computed() - before;
            watchedSeconds += (System.nanoTime() - start) / 1e9;
        }
        JsonNode result = new ObjectMapper().readTree(process.getInputStream());
        if (process.waitFor() != 0) {
            throw new IllegalStateException("a training failed: " + result);
        }
        parameters.add(result.get("parameters_sha256").asText());
        return result.get("training").get("seconds").asDouble();
    }

    /** Processor seconds of the server so far. */
    private double computed() {
        return server.info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
    }

    /** As {@code training.js}: how it goes twice a second, and the first layer's weights with each checkpoint, sparingly. */
    private void watch(Process process, String run) {
        long step = 0;
        String shown = "";
        double sparedUntil = 0;
        try {
            while (!process.waitFor(500, TimeUnit.MILLISECONDS)) {
                double start = now();
                var answer = asking.get(run + "/live?after=" + step);
                if (answer.statusCode() != 200) {
                    continue; // It has not begun.
                }
                JsonNode told = asking.json(answer);
                milliseconds.add(now() - start);
                for (JsonNode row : told.get("steps")) {
                    step = row.get("step").asLong();
                }
                String there =
                        told.path("checkpoint").asText() + told.get("status").asText();
                if (told.has("checkpoint") && !there.equals(shown) && now() > sparedUntil) {
                    double asked = now();
                    asking.get(run + "/filters");
                    sparedUntil = now() + 20 * (now() - asked);
                    shown = there;
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("the server does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static double now() {
        return System.nanoTime() / 1e6;
    }

    private static double median(List<Double> some) {
        double[] sorted =
                some.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
