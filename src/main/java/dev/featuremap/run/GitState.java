package dev.featuremap.run;

import dev.featuremap.Build;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The commit a run's code is from.
 *
 * @param dirty whether tracked files were changed since
 */
public record GitState(String commit, boolean dirty) {
    public GitState {
        Objects.requireNonNull(commit);
    }

    /** What the build wrote, else git's answer about the checkout at {@code folder}; empty when that is none or there is no git. */
    public static Optional<GitState> of(Path folder) {
        return Build.commit().map(commit -> new GitState(commit, Build.dirty())).or(() -> asked(folder));
    }

    private static Optional<GitState> asked(Path folder) {
        return git(folder, "rev-parse", "HEAD")
                .flatMap(commit -> git(folder, "status", "--porcelain", "--untracked-files=no")
                        .map(changes -> new GitState(commit, !changes.isEmpty())));
    }

    private static Optional<String> git(Path folder, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            boolean ended = process.waitFor(10, TimeUnit.SECONDS);
            return ended && process.exitValue() == 0 ? Optional.of(out) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
