package dev.featuremap.backend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The processor's maker and family, as far as Linux tells them.
 *
 * @param vendor such as {@code AuthenticAMD}; empty when unknown
 * @param family the maker's number; 0 when unknown
 */
public record Processor(String vendor, int family) {
    private static final Path LINUX = Path.of("/proc/cpuinfo");
    private static final Processor UNKNOWN = new Processor("", 0);
    private static final int ZEN_3_AND_4 = 25;

    /** This machine's. */
    public static Processor here() {
        try {
            return Files.isReadable(LINUX) ? of(Files.readAllLines(LINUX, StandardCharsets.ISO_8859_1)) : UNKNOWN;
        } catch (IOException e) {
            return UNKNOWN; // it only costs speed
        }
    }

    /** The first processor of {@code cpuInfo}, the lines of {@code /proc/cpuinfo}. */
    static Processor of(List<String> cpuInfo) {
        String family = value(cpuInfo, "cpu family");
        return new Processor(
                value(cpuInfo, "vendor_id"), family.matches("\\d{1,6}") ? Integer.parseInt(family) : UNKNOWN.family);
    }

    private static String value(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .orElse("");
    }

    /**
     * Whether vectors of 512 bits are worked on in two halves, so that those of 256 bits are as fast and waste less where a
     * number of channels does not fill them.
     */
    public boolean halvesWideVectors() {
        return vendor.equals("AuthenticAMD") && family == ZEN_3_AND_4;
    }
}
