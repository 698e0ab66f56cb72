package dev.featuremap.cli;

import dev.featuremap.JavaCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One command line run in a JVM of its own, with what it printed. */
record Child(int exitCode, String out, String err) {
    static Child of(List<String> jvmOptions, String... args) throws IOException, InterruptedException {
        return of(Main.class, jvmOptions, args);
    }

    /** Any program with a {@code main}. */
    static Child of(Class<?> program, List<String> jvmOptions, String... args)
            throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of("-Xmx512m"));
        options.addAll(jvmOptions);
        List<String> command = JavaCommand.of(options, program.getName(), List.of(args));
        Path err = Files.createTempFile("child", ".err");
        try {
            Process process =
                    new ProcessBuilder(command).redirectError(err.toFile()).start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Child(process.waitFor(), out, Files.readString(err));
        } finally {
            Files.delete(err);
        }
    }
}
