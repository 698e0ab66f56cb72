package dev.featuremap.backend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.Loader;

/**
 * The processor, as far as the choice of natives and of oneDNN's kernels goes.
 *
 * @param platform JavaCPP's name of operating system and architecture, such as {@code linux-x86_64}
 * @param name the maker's, else the architecture
 * @param features such as {@code avx2}; empty when the system does not tell
 * @param family the maker and its number of the family, such as {@code AuthenticAMD 25}; empty when the system does not tell
 */
public record Cpu(String platform, String name, Optional<Set<String>> features, Optional<String> family) {
    private static final Path CPUINFO = Path.of("/proc/cpuinfo");
    /** The features that decide anything, least first. */
    private static final List<String> DECIDING = List.of("avx", "avx2", "avx512f");

    private static final String ZEN_3_AND_4 = "AuthenticAMD 25";

    /** A processor of unknown family. */
    Cpu(String platform, String name, Optional<Set<String>> features) {
        this(platform, name, features, Optional.empty());
    }

    /** The processor of this machine. */
    public static Cpu here() {
        String platform = Loader.getPlatform();
        if (platform.startsWith("macosx-x86")) {
            List<String> told =
                    sysctl("machdep.cpu.brand_string", "machdep.cpu.features", "machdep.cpu.leaf7_features");
            return told.size() < 3
                    ? unknown(platform)
                    : new Cpu(platform, told.get(0), Optional.of(words(told.get(1) + " " + told.get(2))));
        }
        try {
            return Files.isReadable(CPUINFO)
                    ? of(platform, Files.readAllLines(CPUINFO, StandardCharsets.UTF_8))
                    : unknown(platform);
        } catch (IOException e) {
            return unknown(platform);
        }
    }

    /** What Linux tells of the first processor. */
    static Cpu of(String platform, List<String> cpuInfo) {
        return new Cpu(
                platform,
                value(cpuInfo, "model name").orElse(System.getProperty("os.arch")),
                value(cpuInfo, "flags").or(() -> value(cpuInfo, "Features")).map(Cpu::words),
                value(cpuInfo, "vendor_id")
                        .flatMap(maker -> value(cpuInfo, "cpu family").map(number -> maker + " " + number)));
    }

    private static Cpu unknown(String platform) {
        return new Cpu(platform, System.getProperty("os.arch"), Optional.empty());
    }

    private static Optional<String> value(List<String> cpuInfo, String key) {
        return cpuInfo.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst();
    }

    private static Set<String> words(String text) {
        return new TreeSet<>(List.of(text.toLowerCase(Locale.ROOT).trim().split("\\s+")));
    }

    private static List<String> sysctl(String... names) {
        List<String> command = new java.util.ArrayList<>(List.of("sysctl", "-n"));
        command.addAll(List.of(names));
        try {
            Process process = new ProcessBuilder(command).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor(5, TimeUnit.SECONDS);
            return out.lines().toList();
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    /** Whether there are several builds of the natives to choose from. */
    boolean hasChoice() {
        return platform.endsWith("x86_64");
    }

    /**
     * The extension of the fastest natives this processor can take, as the launcher chooses it; empty when the system
     * does not tell the features.
     */
    public Optional<String> bestExtension() {
        if (!hasChoice()) {
            return Optional.of("");
        }
        return features.map(known -> {
            // For macOS there is no build with AVX-512.
            if (known.contains("avx512f") && !platform.startsWith("macosx")) {
                return "-onednn-avx512";
            }
            return known.contains("avx2") ? "-onednn-avx2" : "-onednn";
        });
    }

    /** Whether natives with this extension can run; if not, loading them ends the process. */
    public boolean canRun(String extension) {
        if (features.isEmpty()) {
            return true;
        }
        if (extension.endsWith("-avx512")) {
            return features.get().contains("avx512f");
        }
        return !extension.endsWith("-avx2") || features.get().contains("avx2");
    }

    /**
     * Whether vectors of 512 bits are worked on in two halves, so that those of 256 bits are as fast and leave less empty
     * where a number of channels does not fill them.
     */
    public boolean halvesWideVectors() {
        return family.filter(ZEN_3_AND_4::equals).isPresent();
    }

    /** The deciding features it has, as in {@code avx, avx2}. */
    String decidingFeatures() {
        return features.map(known -> {
                    List<String> has = DECIDING.stream().filter(known::contains).toList();
                    return has.isEmpty() ? "no AVX" : String.join(", ", has);
                })
                .orElse("features unknown");
    }
}
