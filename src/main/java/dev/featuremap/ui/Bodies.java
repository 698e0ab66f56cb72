package dev.featuremap.ui;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Invocable;

/** Bodies of requests: of a length that is told first, no larger than 8 MiB, whole within a time, and together within what memory holds. */
final class Bodies {
    static final int MOST_BYTES = 8 << 20;
    private static final long MOST_AT_ONCE = 8L * MOST_BYTES;

    private final AtomicLong reserved = new AtomicLong();
    private final long seconds;

    /** @param seconds that a body may take */
    Bodies(long seconds) {
        this.seconds = seconds;
    }

    /**
     * The body, once it is here; no thread waits for it.
     *
     * @throws Refusal (411, 413, 429) at once; (408) later
     */
    CompletableFuture<byte[]> read(Request request) {
        boolean isChunked = request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
        long length = isChunked ? -1 : Math.max(0, request.getLength()); // Neither told: there is none.
        if (length < 0) {
            throw new Refusal(411, "the body's length is not told", "send Content-Length");
        }
        if (length > MOST_BYTES) {
            throw new Refusal(
                    413, "a body of " + length + " bytes, of at most " + MOST_BYTES, "ask for fewer pictures at once");
        }
        if (reserved.addAndGet(length) > MOST_AT_ONCE) {
            reserved.addAndGet(-length);
            throw new Refusal(429, "too much is being sent at once", "try again soon");
        }
        CompletableFuture<byte[]> whole = new CompletableFuture<>();
        // What follows may block: not on a thread that others' bodies need.
        Content.Source.asByteArrayAsync(
                request,
                MOST_BYTES,
                Promise.Invocable.from(
                        Invocable.InvocationType.BLOCKING, whole::complete, whole::completeExceptionally));
        return whole.orTimeout(seconds, TimeUnit.SECONDS)
                .whenComplete((body, thrown) -> reserved.addAndGet(-length))
                .exceptionally(thrown -> {
                    throw refusal(thrown);
                });
    }

    private Refusal refusal(Throwable thrown) {
        Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
        return cause instanceof TimeoutException
                ? new Refusal(408, "the body was not here after " + seconds + " s", "send it faster, or less of it")
                : new Refusal(400, "the body did not come whole", "send as many bytes as Content-Length says");
    }
}
