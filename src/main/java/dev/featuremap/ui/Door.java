package dev.featuremap.ui;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every request's way: through what {@link Access} and {@link Bodies} allow, to who answers, and back. */
final class Door extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private final Access access;
    private final Bodies bodies;
    private final Function<Asked, CompletionStage<Answer>> site;

    /** @param site answers what may be asked for; what it throws is told as a refusal */
    Door(Access access, Bodies bodies, Function<Asked, CompletionStage<Answer>> site) {
        this.access = access;
        this.bodies = bodies;
        this.site = site;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        CompletionStage<Answer> answer;
        try {
            answer = answer(request);
        } catch (RuntimeException | Error refused) {
            answer = CompletableFuture.failedFuture(refused);
        }
        answer.whenComplete((ready, thrown) -> send(thrown == null ? ready : refused(thrown), response, callback));
        return true;
    }

    private CompletionStage<Answer> answer(Request request) {
        boolean reads = READING.contains(request.getMethod());
        if (!reads && !request.getMethod().equals("POST")) {
            throw new Refusal(405, "this server knows GET and POST", "see docs/ui.md");
        }
        Access.Heads heads = heads(request.getHeaders());
        access.requireOwn(heads);
        Asked asked = new Asked(
                !reads,
                Asked.parts(request.getHttpURI().getPath()),
                Asked.parameters(request.getHttpURI().getQuery()),
                "",
                new byte[0]);
        if (reads && access.asksAlways() && access.isToken(asked.query("token", ""))) {
            return CompletableFuture.completedFuture(Answer.redirect("/").with("Set-Cookie", access.setCookie()));
        }
        access.requireToken(heads, !reads && Site.changes(asked.path()));
        if (reads) {
            return site.apply(asked).thenApply(this::withToken);
        }
        String told = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        String type = told == null ? "" : told.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return bodies.read(request)
                .thenCompose(body -> site.apply(new Asked(true, asked.path(), asked.query(), type, body)));
    }

    /** A page gets the token that it changes something with. */
    private Answer withToken(Answer answer) {
        return answer.type().startsWith("text/html") && !access.asksAlways()
                ? answer.with("Set-Cookie", access.setCookie())
                : answer;
    }

    private static Access.Heads heads(HttpFields fields) {
        return new Access.Heads(
                List.copyOf(fields.getValuesList(HttpHeader.HOST)),
                Optional.ofNullable(fields.get(HttpHeader.ORIGIN)),
                Optional.ofNullable(fields.get("Sec-Fetch-Site")),
                Optional.ofNullable(fields.get(HttpHeader.COOKIE)),
                Optional.ofNullable(fields.get(HttpHeader.AUTHORIZATION)));
    }

    private static Answer refused(Throwable thrown) {
        Refusal refusal = Refusal.of(thrown);
        if (refusal.status() == 500) {
            LOG.warn("a request was not answered: {}", thrown.toString(), thrown);
        }
        return Answer.of(refusal);
    }

    private static void send(Answer answer, Response response, Callback callback) {
        response.setStatus(answer.status());
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.CONTENT_TYPE, answer.type());
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Cache-Control", "no-store");
        // A page names in itself what it may run and fetch; nothing else is to be shown as one.
        headers.put(
                "Content-Security-Policy",
                answer.type().startsWith("text/html") ? "frame-ancestors 'none'" : "default-src 'none'");
        answer.headers().forEach(headers::put);
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
    }
}
