package dev.featuremap;

/**
 * Why a command cannot go on, in one line of cause and one of remedy, with the exit code that tells scripts.
 *
 * <p>The cause says what, where, found and expected; the remedy says what to do.
 */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What kind of thing went wrong; its {@link #exitCode()} is the process's. */
    public enum Kind {
        /** A command line or configuration that cannot be carried out. */
        USAGE(2),
        /** Data that is missing, malformed or inconsistent. */
        DATA(3),
        /** A model, checkpoint or saved network that is refused. */
        MODEL(4),
        /** Disk, permission, memory, lock, or a missing native. */
        ENVIRONMENT(5),
        /** Training produced a loss that is not a finite number. */
        DIVERGED(6),
        /** The user ended it from the keyboard. */
        INTERRUPTED(130),
        /** Another process, or the system, asked it to end. */
        TERMINATED(143);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    private final Kind kind;
    private final String remedy;

    public Failure(Kind kind, String cause, String remedy) {
        this(kind, cause, remedy, null);
    }

    public Failure(Kind kind, String cause, String remedy, Throwable underlying) {
        super(Printable.line(cause), underlying);
        this.kind = kind;
        this.remedy = Printable.line(remedy);
    }

    public static Failure usage(String cause, String remedy) {
        return new Failure(Kind.USAGE, cause, remedy);
    }

    public static Failure data(String cause, String remedy) {
        return new Failure(Kind.DATA, cause, remedy);
    }

    public static Failure model(String cause, String remedy) {
        return new Failure(Kind.MODEL, cause, remedy);
    }

    public static Failure environment(String cause, String remedy, Throwable underlying) {
        return new Failure(Kind.ENVIRONMENT, cause, remedy, underlying);
    }

    public Kind kind() {
        return kind;
    }

    /** Whether nothing went wrong: somebody asked for the end. */
    public boolean isInterruption() {
        return kind == Kind.INTERRUPTED || kind == Kind.TERMINATED;
    }

    /** One line: what the user can do about it. */
    public String remedy() {
        return remedy;
    }
}
