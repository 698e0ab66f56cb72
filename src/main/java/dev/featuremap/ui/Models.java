package dev.featuremap.ui;

import dev.featuremap.RegularFiles;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.train.Predictor.Prediction;
import dev.featuremap.train.PreparedPicture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The networks that were asked last, opened once each; of more than a few, the one whose last question is longest ago is closed. */
final class Models implements AutoCloseable {
    private static final int MOST = 4;

    private final Map<Path, Kept> open = new LinkedHashMap<>(MOST, 0.75f, true);

    /** @param result what the system knows the run's result by: a run that was trained further is opened anew */
    private record Kept(Object result, Model model) {}

    /**
     * Asks the network of a run that has ended.
     *
     * @param pictures made from what the network takes
     * @throws dev.featuremap.Failure when the run has no model, or one that is refused
     */
    CompletableFuture<List<Prediction>> ask(Path folder, Function<Model, List<PreparedPicture>> pictures) {
        // Prepared before it is asked: the network may be closed meanwhile.
        List<PreparedPicture> prepared = pictures.apply(model(folder));
        synchronized (this) {
            return model(folder).ask(prepared);
        }
    }

    private synchronized Model model(Path folder) {
        Object result = RegularFiles.identity(folder.resolve(RunDirectory.RESULT));
        Kept kept = open.get(folder);
        if (kept != null && kept.result.equals(result)) {
            return kept.model;
        }
        if (kept != null) {
            open.remove(folder).model.close();
        }
        Model model = new Model(RunDirectory.open(folder));
        open.put(folder, new Kept(result, model));
        Iterator<Kept> eldest = open.values().iterator();
        if (open.size() > MOST) {
            eldest.next().model.close();
            eldest.remove();
        }
        return model;
    }

    @Override
    public synchronized void close() {
        new ArrayList<>(open.values()).forEach(kept -> kept.model.close());
        open.clear();
    }
}
