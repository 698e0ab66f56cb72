package dev.featuremap.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * The part that runs in a contestant's JVM: warms up, says {@code ready}, waits for {@code go}, measures, and says
 * {@code result NAME VALUE}. Waiting lets two processes be measured over the same seconds.
 */
public final class Worker {
    private static final double GOAL = 0.99;
    private static final int TRAINING_EXAMPLES = 12_800;
    private static final int MATRIX = 2048;
    /** Seconds before a JVM's first measurement: until then most of its code is interpreted. */
    private static final double FIRST_WARM_UP = 2;

    private final Contestant.Maker maker;
    private final Path home;
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    private boolean warm;

    private Worker(Contestant.Maker maker, Path home) {
        this.maker = maker;
        this.home = home;
    }

    /**
     * Measures all tasks, one after the other.
     *
     * @param arguments the project's folder, then tasks
     */
    public static void run(Contestant.Maker maker, String... arguments) throws IOException {
        Worker worker = new Worker(maker, Path.of(arguments[0]));
        for (String task : Arrays.asList(arguments).subList(1, arguments.length)) {
            worker.measure(Task.parse(task));
        }
    }

    private void measure(Task task) throws IOException {
        try (Contestant contestant = maker.open(task.network(), home)) {
            switch (task.kind()) {
                case TRAIN -> {
                    Mnist examples = Mnist.train(mnist(), TRAINING_EXAMPLES);
                    contestant.prepare(examples, task.batchShare());
                    rate(task, examples.size() / task.batchShare(), contestant::train);
                }
                case INFER -> {
                    Mnist examples = Mnist.test(mnist());
                    contestant.prepare(examples, task.batchShare());
                    rate(task, examples.size() / task.batchShare(), contestant::infer);
                }
                case LATENCY -> latency(task, contestant);
                case SGEMM -> sgemm(task, contestant.multiplication(MATRIX));
                case GOAL -> goal(task, contestant);
            }
        }
    }

    /** Work on one batch. */
    @FunctionalInterface
    private interface Step {
        void take(int batch);
    }

    private void rate(Task task, int batches, Step step) throws IOException {
        forSeconds(warm ? task.seconds() : Math.max(task.seconds(), FIRST_WARM_UP), batches, step);
        warm = true;
        awaitGo();
        tell(task.label(), forSeconds(task.seconds(), batches, step) * task.batchShare());
    }

    /** Steps per second over at least {@code seconds} and one step. */
    private static double forSeconds(double seconds, int batches, Step step) {
        long start = System.nanoTime();
        double elapsed;
        int steps = 0;
        do {
            step.take(steps % batches);
            steps++;
            elapsed = (System.nanoTime() - start) / 1e9;
        } while (elapsed < seconds);
        return steps / elapsed;
    }

    private void latency(Task task, Contestant contestant) throws IOException {
        Mnist examples = Mnist.test(mnist());
        contestant.prepare(examples, 1);
        forSeconds(task.seconds(), 1000, contestant::infer);
        awaitGo();
        double[] micros = new double[(int) Math.max(20, Math.min(20_000, task.seconds() * 3000))];
        for (int i = 0; i < micros.length; i++) {
            long start = System.nanoTime();
            contestant.infer(i % 1000);
            micros[i] = (System.nanoTime() - start) / 1e3;
        }
        tell(task.label(), Statistics.of(micros).median());
    }

    /** The best of many products: what the machine can do, which other load only lessens. */
    private void sgemm(Task task, Runnable product) throws IOException {
        product.run();
        awaitGo();
        double best = 0;
        long end = System.nanoTime() + (long) (task.seconds() * 1e9);
        while (System.nanoTime() < end) {
            long start = System.nanoTime();
            product.run();
            best = Math.max(best, 2.0 * MATRIX * MATRIX * MATRIX / (System.nanoTime() - start));
        }
        tell(task.label(), best);
    }

    private void goal(Task task, Contestant contestant) throws IOException {
        awaitGo();
        Mnist test = Mnist.test(mnist());
        Mnist train = Mnist.train(mnist(), Integer.MAX_VALUE);
        double accuracy = 0;
        for (int epoch = 1; epoch <= task.seconds() && accuracy < GOAL; epoch++) {
            contestant.prepare(train, task.batchShare());
            for (int batch = 0; batch < train.size() / task.batch(); batch++) {
                contestant.train(batch);
            }
            contestant.prepare(test, 1000);
            double correct = 0;
            for (int batch = 0; batch < test.size() / 1000; batch++) {
                correct += contestant.correct(batch);
            }
            accuracy = correct / test.size();
            if (epoch == 1) {
                tell("epoch " + task.network() + " " + task.batch(), sinceStart());
                tell("epoch accuracy " + task.network() + " " + task.batch(), accuracy);
            }
            if (accuracy >= GOAL) {
                tell(task.label(), sinceStart());
                tell("goal epochs " + task.network() + " " + task.batch(), epoch);
            }
        }
    }

    /** Seconds since this process was started, the JVM's own start included. */
    private static double sinceStart() {
        Instant start = ProcessHandle.current().info().startInstant().orElseThrow();
        return Duration.between(start, Instant.now()).toNanos() / 1e9;
    }

    private Path mnist() {
        return home.resolve("data/mnist");
    }

    private void awaitGo() throws IOException {
        out.println("ready");
        if (in.readLine() == null) {
            throw new IOException("whoever started this worker is gone");
        }
    }

    private void tell(String name, double value) {
        out.println("result\t" + name + "\t" + value);
    }
}
