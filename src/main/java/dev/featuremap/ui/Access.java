package dev.featuremap.ui;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who may ask for what: requests for exactly this server, from none but its own pages; what changes something, and where a
 * token was named everything, only with the token.
 *
 * @param hosts what may stand in a request's {@code Host}
 * @param token in a cookie that browsers send from this server's own pages alone, or as {@code Authorization: Bearer}
 * @param asksAlways whether reading needs it too
 * @param cookie what it is called: browsers share cookies between the ports of a host
 */
record Access(Set<String> hosts, String token, boolean asksAlways, String cookie) {
    /** What a request says of itself; what it does not say is empty. */
    record Heads(
            List<String> host,
            Optional<String> origin,
            Optional<String> site,
            Optional<String> cookies,
            Optional<String> authorization) {}

    /** Of a server at an address; a random token, which its own pages get, where none is named. */
    static Access of(String host, int port, Optional<String> token) {
        String at = (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        Set<String> hosts = host.equals("127.0.0.1") ? Set.of(at, "localhost:" + port) : Set.of(at);
        return new Access(hosts, token.orElseGet(Access::random), token.isPresent(), "featuremap-" + port);
    }

    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** The value of {@code Set-Cookie} that gives a browser the token. */
    String setCookie() {
        return cookie + "=" + token + "; Path=/; HttpOnly; SameSite=Strict";
    }

    /**
     * Makes sure that a request is for this server and not from a page of another. A program that sends the token is no such page, and
     * may come by way of a proxy that calls this server otherwise.
     *
     * @throws Refusal (403, 421)
     */
    void requireOwn(Heads heads) {
        if (hasBearer(heads)) {
            return;
        }
        if (heads.host.size() != 1 || !hosts.contains(heads.host.get(0))) {
            throw new Refusal(
                    421, "this server is not the one that is asked for", "use the address that featuremap ui printed");
        }
        boolean foreign = heads.origin
                        .filter(origin -> !origin.equals("http://" + heads.host.get(0)))
                        .isPresent()
                || heads.site
                        .filter(site -> !site.equals("same-origin") && !site.equals("none"))
                        .isPresent();
        if (foreign) {
            throw new Refusal(403, "a page of another server asks", "open the page that featuremap ui named");
        }
    }

    /**
     * Makes sure that a request has the token where it needs one.
     *
     * @throws Refusal (401)
     */
    void requireToken(Heads heads, boolean changes) {
        if ((changes || asksAlways) && !hasToken(heads)) {
            throw new Refusal(
                    401,
                    asksAlways ? "the token is missing or another" : "only this server's own pages change something",
                    asksAlways
                            ? "open the address with ?token=TOKEN once, or send Authorization: Bearer TOKEN"
                            : "use the page, or the command line");
        }
    }

    /** Whether a text is the token; how long it takes tells nothing of it. */
    boolean isToken(String text) {
        return MessageDigest.isEqual(text.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }

    private boolean hasBearer(Heads heads) {
        return heads.authorization
                .filter(value -> value.startsWith("Bearer ") && isToken(value.substring("Bearer ".length())))
                .isPresent();
    }

    private boolean hasToken(Heads heads) {
        return hasBearer(heads)
                || heads.cookies.stream()
                        .flatMap(all -> Stream.of(all.split("; ?", -1)))
                        .anyMatch(one -> one.startsWith(cookie + "=") && isToken(one.substring(cookie.length() + 1)));
    }
}
