package dev.featuremap.ui;

import dev.featuremap.run.Json;
import dev.featuremap.run.ToldFailure;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a request is answered with.
 *
 * @param status HTTP's
 * @param type media type
 * @param headers further ones
 */
@SuppressWarnings("ArrayRecordComponent")
record Answer(int status, String type, byte[] body, Map<String, String> headers) {
    static Answer page(int status, String html) {
        return new Answer(status, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static Answer json(Object value) {
        return json(200, value);
    }

    /** Nothing is new since what the asker knows. */
    static Answer unchanged() {
        return new Answer(204, "application/json", new byte[0], Map.of());
    }

    /** To another address of this server. */
    static Answer redirect(String place) {
        return new Answer(303, "text/plain", new byte[0], Map.of("Location", place));
    }

    static Answer of(Refusal refusal) {
        return json(refusal.status(), Map.of("error", ToldFailure.of(refusal.failure())));
    }

    private static Answer json(int status, Object value) {
        return new Answer(status, "application/json", Json.write(value).getBytes(StandardCharsets.UTF_8), Map.of());
    }

    Answer with(String header, String value) {
        Map<String, String> all = new java.util.LinkedHashMap<>(headers);
        all.put(header, value);
        return new Answer(status, type, body, all);
    }
}
