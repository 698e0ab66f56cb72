package dev.featuremap.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What goes into a page beside its text: its style, its scripts, and the policy that lets a browser run these and fetch nothing. */
record Assets(String style, List<String> scripts, String policy) {
    private static final String ROOT = "/dev/featuremap/";

    /** The room whose pages a server gives, and ask it in turn. */
    private static final String OF_SERVER = "ui";

    /**
     * Those of a whole page, with what its room adds in {@code ROOM/ROOM.css}.
     *
     * @param template its template, of whose room the page is where it has no program
     * @param program its program's main module; it may have workers of the text it is itself
     */
    static Assets ofPage(String template, Optional<String> program) {
        String inRoom = program.orElse(template);
        String room = inRoom.substring(0, inRoom.indexOf('/'));
        String own = room + "/" + room + ".css";
        String style = ofBlocks().style + text("page/frame.css") + (isThere(own) ? text(own) : "");
        List<String> scripts = new ArrayList<>(List.of(text("page/theme.js")));
        program.ifPresent(main -> scripts.add(Modules.join(main, Assets::text)));
        String policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src "
                + scripts.stream().map(Assets::hash).collect(Collectors.joining(" "))
                + (program.isPresent() ? "; worker-src blob:" : "")
                + (room.equals(OF_SERVER) ? "; connect-src 'self'" : "")
                + "; base-uri 'none'; form-action 'none'";
        return new Assets(style, scripts, policy);
    }

    private static boolean isThere(String resource) {
        return Assets.class.getResource(ROOT + resource) != null;
    }

    /** Those of blocks inside a page of someone else's, whose policy holds. */
    static Assets ofBlocks() {
        return new Assets(text("page/tokens.css") + text("page/blocks.css"), List.of(), "");
    }

    /** @param resource its path below {@code dev/featuremap} */
    static String text(String resource) {
        try (InputStream in = Assets.class.getResourceAsStream(ROOT + resource)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + resource);
            }
            // A browser hashes a script after turning its line ends into newlines.
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String script) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
