package dev.featuremap.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Properties;

/**
 * What goes into every page: its style, uPlot's and this project's script, and the policy that lets a browser run these
 * two and fetch nothing.
 */
record Assets(String style, String chartLibrary, String script, String policy) {
    static Assets load() {
        String uplot = "/META-INF/resources/webjars/uplot/" + uplotVersion() + "/dist/";
        String chartLibrary = text(uplot + "uPlot.iife.min.js");
        String script = text("report.js");
        String policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src " + hash(chartLibrary)
                + " " + hash(script) + "; base-uri 'none'; form-action 'none'";
        return new Assets(text(uplot + "uPlot.min.css") + text("report.css"), chartLibrary, script, policy);
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
