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
import java.util.Properties;
import java.util.stream.Collectors;

/** What goes into a page beside its text: its style, its scripts, and the policy that lets a browser run these and fetch nothing. */
record Assets(String style, List<String> scripts, String policy) {
    private static final String ROOT = "/dev/featuremap/";

    /** Those of a whole page, with what the room of its template adds in {@code ROOM/ROOM.css}. */
    static Assets ofPage(String room, boolean hasCharts) {
        String own = ROOT + room + "/" + room + ".css";
        List<String> styles = new ArrayList<>(List.of("page/tokens.css", "page/blocks.css", "page/frame.css"));
        String ofRoom = Assets.class.getResource(own) == null ? "" : text(own);
        return of(styles, ofRoom, hasCharts, List.of("page/theme.js"));
    }

    /** Those of blocks inside a page of someone else's. */
    static Assets ofBlocks(boolean hasCharts) {
        return of(List.of("page/tokens.css", "page/blocks.css"), "", hasCharts, List.of());
    }

    private static Assets of(List<String> styles, String style, boolean hasCharts, List<String> ownScripts) {
        String uplot = "/META-INF/resources/webjars/uplot/" + uplotVersion() + "/dist/";
        String all = styles.stream().map(name -> text(ROOT + name)).collect(Collectors.joining()) + style;
        List<String> scripts = new ArrayList<>();
        ownScripts.forEach(name -> scripts.add(text(ROOT + name)));
        if (hasCharts) {
            all = text(uplot + "uPlot.min.css") + all;
            scripts.add(text(uplot + "uPlot.iife.min.js"));
            scripts.add(text(ROOT + "page/charts.js"));
        }
        String policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src "
                + scripts.stream().map(Assets::hash).collect(Collectors.joining(" "))
                + "; base-uri 'none'; form-action 'none'";
        return new Assets(all, scripts, policy);
    }

    private static String uplotVersion() {
        Properties build = new Properties();
        try (InputStream in = Assets.class.getResourceAsStream("/featuremap.properties")) {
            build.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return build.getProperty("uplot");
    }

    private static String text(String resource) {
        try (InputStream in = Assets.class.getResourceAsStream(resource)) {
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
