package dev.featuremap.cli;

import dev.featuremap.Failure;
import dev.featuremap.train.StopRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.locks.LockSupport;

/**
 * What becomes of Ctrl-C and of other processes' requests to end: a training under way ends after its batch with everything saved;
 * anything else, and whoever asks twice, ends the process at once.
 */
final class Interruption {
    private static final long PATIENCE_NANOSECONDS = 10_000_000_000L;

    private final Terminal terminal;
    private final StopRequest stop = new StopRequest();
    private volatile String ending = "ending after this batch, with everything saved";

    Interruption(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Where trainings hear of it. */
    StopRequest stop() {
        return stop;
    }

    /** What is told of an end that is not a training's. */
    void instead(String words) {
        ending = words;
    }

    /** Takes SIGINT and SIGTERM from the JVM, which would end at once. */
    void takeSignals() {
        take("INT", Failure.Kind.INTERRUPTED);
        take("TERM", Failure.Kind.TERMINATED);
    }

    /**
     * Java has no other way to hear of a signal than this class, which every JDK brings in {@code jdk.unsupported}; by name,
     * because the compiler warns of it in a way that nothing silences. Where it is missing, signals end the process at once.
     */
    private void take(String name, Failure.Kind kind) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            asked(kind);
                            return null;
                        }
                        return method.getName().equals("equals") ? proxy == arguments[0] : (Object) kind.exitCode();
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
        } catch (InvocationTargetException
                | ClassNotFoundException
                | NoSuchMethodException
                | InstantiationException
                | IllegalAccessException e) {
            terminal.tell("Ctrl-C ends this process without saving: this Java does not tell of signals%n");
        }
    }

    private synchronized void asked(Failure.Kind kind) {
        boolean again = stop.requested().isPresent();
        if (again || !stop.request(kind)) {
            Runtime.getRuntime().halt(kind.exitCode());
        }
        terminal.tell("%n%s; once more ends at once%n", ending);
    }

    /** A process that another one started ends with it, however that one died: then its standard input ends. */
    void endWithInput() {
        Thread watch = new Thread(
                () -> {
                    try {
                        System.in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        // An input that broke has ended too.
                    }
                    if (stop.requested().isPresent() || stop.request(Failure.Kind.TERMINATED)) {
                        LockSupport.parkNanos(PATIENCE_NANOSECONDS);
                    }
                    Runtime.getRuntime().halt(Failure.Kind.TERMINATED.exitCode());
                },
                "end-with-input");
        watch.setDaemon(true);
        watch.start();
    }
}
