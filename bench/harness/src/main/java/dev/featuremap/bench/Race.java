package dev.featuremap.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Starts contestants, each in JVMs of its own, and collects what they reach. */
final class Race {
    private final Path home;
    private final Path target;

    /**
     * A race in one project.
     *
     * @param home the project's folder
     */
    Race(Path home) {
        this.home = home;
        this.target = home.resolve("bench/target");
    }

    /** Runs one contestant through {@code tasks}; processes that share the work add up. */
    List<Measurement> run(int round, Setup setup, List<Task> tasks) throws IOException, InterruptedException {
        List<Process> processes = new ArrayList<>();
        try {
            for (int i = 0; i < setup.processes(); i++) {
                processes.add(start(setup, tasks));
            }
            return collect(round, setup, tasks, processes);
        } finally {
            processes.forEach(Process::destroy);
        }
    }

    private Process start(Setup setup, List<Task> tasks) throws IOException {
        Path module = home.resolve("bench").resolve(setup.module());
        String classPath = module.resolve("target/classes") + ":"
                + Files.readString(target.resolve(setup.module() + ".classpath"))
                        .strip();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(setup.command(java, classPath, home.toString(), tasks));
        builder.environment().keySet().removeAll(Setup.CLEARED);
        builder.environment().putAll(setup.environment());
        Path log = target.resolve(setup.name().replace(' ', '-') + ".log");
        return builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private static List<Measurement> collect(int round, Setup setup, List<Task> tasks, List<Process> processes)
            throws IOException, InterruptedException {
        List<BufferedReader> answers = new ArrayList<>();
        List<PrintWriter> orders = new ArrayList<>();
        for (Process process : processes) {
            answers.add(process.inputReader(StandardCharsets.UTF_8));
            orders.add(new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true));
        }
        Map<String, Double> sums = new LinkedHashMap<>();
        for (int task = 0; task <= tasks.size(); task++) {
            for (BufferedReader answer : answers) {
                readUntilReady(answer, sums);
            }
            orders.forEach(order -> order.println("go"));
        }
        for (Process process : processes) {
            if (process.waitFor() != 0) {
                throw new IOException(
                        setup + " ended with code " + process.exitValue() + "; its log is in bench/target");
            }
        }
        List<Measurement> measurements = new ArrayList<>();
        sums.forEach((name, value) -> measurements.add(new Measurement(round, setup.name(), name, value)));
        return measurements;
    }

    private static void readUntilReady(BufferedReader answer, Map<String, Double> sums) throws IOException {
        for (String line = answer.readLine(); line != null && !line.equals("ready"); line = answer.readLine()) {
            String[] parts = line.split("\t");
            if (parts[0].equals("result")) {
                sums.merge(parts[1], Double.parseDouble(parts[2]), Double::sum);
            }
        }
    }
}
