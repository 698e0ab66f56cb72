package dev.featuremap.cli;

import dev.featuremap.Failure;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Standard output in UTF-8, which tells at the end whether all that was printed could be written. */
final class StandardOutput extends PrintStream {
    private final Written written;

    StandardOutput(OutputStream to) {
        this(new Written(to));
    }

    private StandardOutput(Written written) {
        super(written, true, StandardCharsets.UTF_8);
        this.written = written;
    }

    /** Why something could not be written; empty where nothing failed, or the reader of a pipe had enough and left. */
    Optional<Failure> failure() {
        flush();
        return Optional.ofNullable(written.failed)
                .filter(e ->
                        !String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("pipe"))
                .map(e -> Failure.environment(
                        "standard output cannot be written: " + e.getMessage(),
                        "make room where it goes, or let it go elsewhere",
                        e));
    }

    /** Remembers what failed first, which a {@link PrintStream} keeps to itself. */
    private static final class Written extends FilterOutputStream {
        private IOException failed;

        private Written(OutputStream to) {
            super(to);
        }

        @Override
        public void write(int single) throws IOException {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                out.write(bytes, from, length);
            } catch (IOException e) {
                failed = failed == null ? e : failed;
                throw e;
            }
        }
    }
}
