package dev.featuremap.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A control group of Linux, of version 1 or 2, below this process's own, in which programs get only so much memory. */
record ControlGroup(Path folder) implements AutoCloseable {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");
    private static final Pattern MEMORY = Pattern.compile("(?m)^\\d+:((?:.*,)?memory(?:,.*)?|):(.*)$");

    /** The group; empty where this process may make none, or none that limits memory. */
    static Optional<ControlGroup> limitedTo(long bytes) {
        try {
            List<MatchResult> groups = MEMORY.matcher(Files.readString(Path.of("/proc/self/cgroup")))
                    .results()
                    .toList();
            for (MatchResult group : groups) {
                boolean second = group.group(1).isEmpty();
                Path parent = ROOT.resolve(second ? "" : "memory")
                        .resolve(group.group(2).substring(1));
                ControlGroup made = new ControlGroup(Files.createTempDirectory(parent, "featuremap-test"));
                Path limit = made.folder.resolve(second ? "memory.max" : "memory.limit_in_bytes");
                if (Files.isWritable(limit)) {
                    Files.writeString(limit, Long.toString(bytes));
                    return Optional.of(made);
                }
                made.close();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** The words that start a program in it. */
    String[] command(List<String> program) {
        List<String> command = new ArrayList<>(
                List.of("bash", "-c", "echo $$ >\"$0/cgroup.procs\" && exec \"$@\"", folder.toString()));
        command.addAll(program);
        return command.toArray(String[]::new);
    }

    @Override
    public void close() throws IOException {
        Files.delete(folder);
    }
}
