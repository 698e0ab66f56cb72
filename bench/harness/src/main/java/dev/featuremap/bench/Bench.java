package dev.featuremap.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** All contestants in turn, for several rounds, and the report. Started by {@code bench/run}. */
public final class Bench {
    private final Path target;
    private final Race race;
    private final String name;
    private final Plan plan;
    private final Machine before = Machine.now();
    private final List<Measurement> measurements = new ArrayList<>();

    private Bench(Path home, String name) {
        this.target = home.resolve("bench/target");
        this.race = new Race(home);
        this.name = name;
        this.plan = Plan.of(name);
    }

    /**
     * How long to measure.
     *
     * @param scale of every task's seconds
     * @param contestants that are measured
     * @param goalRounds of training to 99 %
     * @param slowToo whether the slow contestants train to 99 % as well, and stock DL4J the lecture's network in each round
     */
    private record Plan(List<Setup> contestants, int rounds, double scale, int goalRounds, boolean slowToo) {
        static Plan of(String name) {
            return switch (name) {
                case "--quick" -> new Plan(Setup.ALL, 3, 1.5, 1, false);
                case "--full" -> new Plan(Setup.ALL, 5, 3, 3, true);
                case "--smoke" -> new Plan(Setup.ALL, 1, 0.1, 0, false);
                case "--fast-training" -> new Plan(List.of(Setup.STOCK, Setup.FAST_TRAINING), 5, 1.5, 0, false);
                default ->
                    throw new IllegalArgumentException(name + " is none of --quick, --full, --smoke, --fast-training");
            };
        }
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Locale.setDefault(Locale.ROOT);
        Path home = Path.of(arguments[0]);
        Bench bench = new Bench(home, arguments[1]);
        bench.rounds();
        bench.goals();
        System.out.print(bench.report().markdown());
    }

    /** Each round starts with another contestant, so that none always follows the same one. */
    private void rounds() throws IOException, InterruptedException {
        for (int round = 0; round < plan.rounds; round++) {
            List<Setup> order = new ArrayList<>(plan.contestants);
            Collections.rotate(order, -round);
            for (Setup setup : order) {
                run(round, setup, tasks(round, setup));
            }
        }
    }

    /** bf16 is for training: inference is f32's, and linear regression gains nothing by it. */
    private List<Task> tasks(int round, Setup setup) {
        List<Task> tasks = new ArrayList<>(
                List.of(task(Task.Kind.TRAIN, Network.LENET, 64, 1), task(Task.Kind.TRAIN, Network.LENET, 256, 1)));
        if (!setup.bf16()) {
            tasks.add(task(Task.Kind.INFER, Network.LENET, 1000, 0.8));
            tasks.add(task(Task.Kind.TRAIN, Network.LINEAR, 64, 0.6));
            if (setup.processes() == 1) {
                tasks.add(task(Task.Kind.LATENCY, Network.LENET, 1, 0.8));
            }
            if (setup.oneThread()) {
                tasks.add(task(Task.Kind.SGEMM, Network.LENET, 1, 0.8));
            }
        }
        if (setup != Setup.STOCK || plan.slowToo || round == 0) {
            tasks.add(task(Task.Kind.TRAIN, Network.LECTURE, 64, 1));
            tasks.add(task(Task.Kind.TRAIN, Network.NORMALIZED, 64, 1));
        }
        return tasks;
    }

    private Task task(Task.Kind kind, Network network, int batch, double seconds) {
        return new Task(kind, network, batch, seconds * plan.scale, 1);
    }

    /** Training to 99 %, at most six epochs. */
    private void goals() throws IOException, InterruptedException {
        Task goal = new Task(Task.Kind.GOAL, Network.LENET, 64, 6, 1);
        for (int round = 0; round < plan.goalRounds; round++) {
            for (Setup setup : List.of(Setup.ONEDNN_2, Setup.LIBTORCH_2, Setup.ONEDNN_2_BF16, Setup.LIBTORCH_2_BF16)) {
                run(round, setup, List.of(goal));
            }
        }
        if (plan.slowToo) {
            for (Setup setup : List.of(Setup.ONEDNN_1, Setup.LIBTORCH_1, Setup.ND4J, Setup.STOCK)) {
                run(0, setup, List.of(goal));
            }
        }
    }

    private void run(int round, Setup setup, List<Task> tasks) throws IOException, InterruptedException {
        List<Measurement> found = race.run(round, setup, tasks);
        measurements.addAll(found);
        write();
        Stream<String> texts = found.stream().map(one -> String.format("%s %.4g", one.name(), one.value()));
        System.err.printf(
                "round %d  load %s  %-15s  %s%n",
                round + 1, Machine.now().load(), setup, String.join("  ", texts.toList()));
    }

    /** After each contestant, so that a run that is broken off leaves what it found. */
    private void write() throws IOException {
        Files.writeString(target.resolve("results.md"), report().markdown());
        Files.writeString(target.resolve("results.json"), report().json());
    }

    private Report report() {
        return new Report(name, before, Machine.now(), List.copyOf(measurements));
    }
}
