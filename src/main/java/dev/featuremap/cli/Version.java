package dev.featuremap.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The versions of featuremap, Deeplearning4j and Java, as the build wrote them. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        Properties build = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("/featuremap.properties")) {
            build.load(in);
        }
        return new String[] {
            "featuremap " + build.getProperty("version") + " (Deeplearning4j " + build.getProperty("dl4j") + ", Java "
                    + Runtime.version().feature() + ")"
        };
    }
}
