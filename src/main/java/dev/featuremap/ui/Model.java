package dev.featuremap.ui;

import dev.featuremap.run.ModelInput;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.train.PicturePreparation;
import dev.featuremap.train.Predictor;
import dev.featuremap.train.Predictor.Prediction;
import dev.featuremap.train.PreparedPicture;
import dev.featuremap.train.SavedRun;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A trained network at work for many who ask: what they ask for waits in a queue, and one thread gives the network as much of it at once
 * as is there, up to a batch.
 */
final class Model {
    private static final int BATCH = Predictor.BATCH_SIZE;

    private final SavedRun run;
    private final BlockingQueue<Request> queue = new LinkedBlockingQueue<>();

    /** @param pictures null: there is nothing more to come */
    private record Request(List<PreparedPicture> pictures, CompletableFuture<List<Prediction>> answer) {
        static final Request END = new Request(List.of(), new CompletableFuture<>());
    }

    /** Opens the network of a run that has ended. */
    Model(RunDirectory directory) {
        run = SavedRun.open(directory);
        Thread worker = new Thread(this::work, "model " + run.name());
        worker.setDaemon(true);
        worker.start();
    }

    ModelInput input() {
        return run.input();
    }

    PicturePreparation preparation(PicturePreparation.Fit fit) {
        return run.preparation(fit);
    }

    /** The answers to pictures, in their order. */
    CompletableFuture<List<Prediction>> ask(List<PreparedPicture> pictures) {
        Request request = new Request(pictures, new CompletableFuture<>());
        queue.add(request);
        return request.answer;
    }

    /** Frees the network once all that was asked for is answered; nothing may be asked for after that. */
    void close() {
        queue.add(Request.END);
    }

    private void work() {
        try (run) {
            Predictor predictor = run.predictor();
            List<Request> batch = new ArrayList<>();
            while (batch.isEmpty() || !batch.get(batch.size() - 1).equals(Request.END)) {
                fill(batch);
                answer(predictor, batch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes what waits, up to a batch, or the one request that is larger. */
    private void fill(List<Request> batch) throws InterruptedException {
        batch.clear();
        Request next = queue.take();
        int pictures = 0;
        while (next != null) {
            batch.add(next);
            pictures += next.pictures.size();
            Request waiting = queue.peek();
            boolean fits = waiting != null && !next.equals(Request.END) && pictures + waiting.pictures.size() <= BATCH;
            next = fits ? queue.poll() : null;
        }
    }

    private static void answer(Predictor predictor, List<Request> batch) {
        try {
            List<PreparedPicture> pictures =
                    batch.stream().flatMap(request -> request.pictures.stream()).toList();
            List<Prediction> answers = new ArrayList<>();
            for (int first = 0; first < pictures.size(); first += BATCH) {
                answers.addAll(predictor.predict(pictures.subList(first, Math.min(pictures.size(), first + BATCH))));
            }
            int first = 0;
            for (Request request : batch) {
                int end = first + request.pictures.size();
                request.answer.complete(List.copyOf(answers.subList(first, end)));
                first = end;
            }
        } catch (RuntimeException | Error failed) {
            batch.forEach(request -> request.answer.completeExceptionally(failed));
        }
    }
}
