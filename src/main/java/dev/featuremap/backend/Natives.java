package dev.featuremap.backend;

import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;

/**
 * The ND4J CPU native on the classpath, by the classifier of its jar, or among the libraries of a distribution.
 *
 * @param platform JavaCPP's name of operating system and processor, such as {@code linux-x86_64}
 * @param extension what the native was built for: nothing, {@code -onednn}, {@code -onednn-avx2}, {@code -avx512}, …
 */
public record Natives(String platform, Optional<String> extension) {
    private static final String BINDINGS = "org/nd4j/linalg/cpu/nativecpu/bindings/";

    /** Most special first, as JavaCPP's loader would take them. */
    private static final List<String> EXTENSIONS =
            List.of("-onednn-avx512", "-onednn-avx2", "-onednn", "-avx512", "-avx2", "");

    /** The native that is there; its extension is empty when there is none for this platform. */
    public static Natives inUse() {
        String platform = Loader.getPlatform();
        ClassLoader loader = Natives.class.getClassLoader();
        String library = System.mapLibraryName("nd4jcpu");
        return new Natives(
                platform,
                EXTENSIONS.stream()
                        .filter(extension -> loader.getResource(BINDINGS + platform + extension + "/" + library) != null
                                || isUnpacked(platform + extension))
                        .findFirst());
    }

    /** The launcher names the folder that a distribution's natives were unpacked to, whose name ends with what they are. */
    private static boolean isUnpacked(String classifier) {
        return System.getProperty("java.library.path", "").endsWith("-" + classifier);
    }

    /** Whether the native was built with oneDNN. */
    public boolean hasOneDnn() {
        return extension.filter(text -> text.startsWith("-onednn")).isPresent();
    }

    /** The jar's classifier, or {@code none}. */
    public String classifier() {
        return extension.map(text -> platform + text).orElse("none");
    }
}
