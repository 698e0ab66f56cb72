package dev.featuremap.engine;

import java.util.Optional;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;

/** Whether oneDNN's native library loads, tried once: a class that has failed to load says less the second time. */
final class OneDnnLibrary {
    /** Why it cannot be used, in one line. */
    static final Optional<String> UNAVAILABLE = load();

    private OneDnnLibrary() {}

    private static Optional<String> load() {
        try {
            Loader.load(dnnl.class);
            return engine.get_count(engine.kind.cpu) > 0
                    ? Optional.empty()
                    : Optional.of("oneDNN has no engine for the processor of " + Loader.getPlatform());
        } catch (LinkageError | RuntimeException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            return Optional.of("oneDNN's native library does not load on " + Loader.getPlatform() + ": " + reason);
        }
    }
}
