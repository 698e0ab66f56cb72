package dev.featuremap.network;

import static dev.featuremap.network.Sample.data;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.sun.management.ThreadMXBean;
import dev.featuremap.Failure;
import dev.featuremap.Stress;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerMinMaxScaler;
import org.nd4j.linalg.factory.Nd4j;

/** What must never be loaded as a model. */
class RefusedModelTest {
    private static MultiLayerNetwork trained;
    private static byte[] sound;

    private static long slowest;
    private static long largest;

    @TempDir
    Path folder;

    @BeforeAll
    static void train(@TempDir Path temporary) throws IOException {
        trained = TrainedModel.network();
        sound = TrainedModel.zip(trained, temporary);
    }

    @AfterAll
    static void tell() {
        Stress.tell(23, "slowest refusal of a zip bomb", slowest / 1_000_000 + " ms");
        Stress.tell(23, "most memory a zip bomb made it allocate", (largest >> 20) + " MiB");
    }

    @Test
    void loadsNoDamagedModel() {
        Random random = new Random(17);
        int mutations = Stress.count("stress.mutations", 200);
        for (int i = 0; i < mutations; i++) {
            assertThat(refusal(damaged(sound, random, i))).hasMessageStartingWith(folder.toString());
        }
        Stress.tell(8, "truncated or bit-flipped models loaded", "0 of " + mutations);
    }

    @Test
    @Tag("slow")
    void loadsNoDamagedModelOfPlainDl4jAsAnother() throws IOException {
        byte[] plain = plain();
        Random random = new Random(18);
        int mutations = Stress.count("stress.mutations", 200);
        int refused = 0;
        for (int i = 0; i < mutations; i++) {
            try {
                // Deflate can say the same in more than one way, and such a zip has no seal that knows which it was.
                TrainedModel.assertSame(ModelArchive.read(file(damaged(plain, random, i))), trained);
            } catch (Failure failure) {
                assertThat(failure.kind()).isEqualTo(Failure.Kind.MODEL);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(mutations * 9 / 10);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("slow")
    void refusesEveryFlippedBitOutsideTheContents(boolean sealed) throws IOException {
        byte[] zip = sealed ? sound : plain();
        List<ZipLayout.Part> parts;
        try (FileChannel file = FileChannel.open(file(zip))) {
            parts = ZipLayout.read(file, ModelSeal.BYTES).parts();
        }
        int flips = 0;
        for (int place = 0; place < zip.length; place++) {
            int at = place;
            if (parts.stream().noneMatch(part -> at >= part.start() && at < part.start() + part.packedBytes())) {
                for (int bit = 0; bit < 8; bit++) {
                    byte[] flipped = zip.clone();
                    flipped[place] ^= (byte) (1 << bit);
                    refusal(flipped);
                    flips++;
                }
            }
        }
        assertThat(flips).isGreaterThan(2000);
    }

    @Test
    void refusesBytesThatBelongToNothing() throws IOException {
        byte[] other = zip(entries());
        assertThat(refusal(join(other, sound))).hasMessageContaining("its end record does not fit the file");
        assertThat(refusal(join(sound, new byte[1]))).hasMessageContaining("is no zip file, or was cut off");
        for (int start : new int[] {0, 1, 30}) {
            refusal(join(Arrays.copyOf(other, start), new byte[8], Arrays.copyOfRange(other, start, other.length)));
        }

        assertThat(refusal(withHiddenEntry(other))).hasMessageContaining("bytes in it belong to no entry");
    }

    @Test
    void refusesChangedContentsWithTheOldSeal() throws IOException {
        Map<String, byte[]> entries = entries();
        byte[] coefficients = entries.get(ModelZip.COEFFICIENTS);
        coefficients[coefficients.length - 3] ^= 1;

        assertThat(refusal(zip(entries, seal(sound))))
                .hasMessageEndingWith("was damaged or changed: its SHA-256 is not the one it was sealed with");
        assertThat(ModelArchive.read(file(zip(entries, ""))).params())
                .as("without a seal it is a model of its own")
                .isNotEqualTo(trained.params());
    }

    @Test
    void refusesChangedNumbersWithTheOldChecksum() throws IOException {
        byte[] coefficients = entries().get(ModelZip.COEFFICIENTS);
        CRC32 old = new CRC32();
        old.update(coefficients);
        coefficients[coefficients.length - 3] ^= 1;
        byte[] zip = stored(ModelZip.COEFFICIENTS, coefficients, old.getValue());

        assertThat(refusal(zip)).hasMessageContaining("coefficients.bin: its checksum does not hold");
    }

    @ParameterizedTest
    @ValueSource(strings = {"preprocessor.bin", "normalizer.bin", "objects/thing"})
    void neverDeserialisesJavaObjects(String name) throws IOException {
        Map<String, byte[]> entries = entries();
        entries.put(name, serialised(new Nightingale()));
        Nightingale.SUNG[0] = false;

        Failure failure = refusal(zip(entries));

        assertThat(failure).hasMessageContaining("holds " + name + ", a serialised Java object");
        assertThat(failure.remedy()).contains("ModelSerializer.writeModel(network, file, true)");
        assertThat(Nightingale.SUNG[0]).isFalse();
    }

    @Test
    void refusesANormaliserWrittenByPlainDl4j() throws IOException {
        NormalizerMinMaxScaler normaliser = new NormalizerMinMaxScaler();
        normaliser.fit(new DataSet(Nd4j.rand(DataType.FLOAT, 4, 2), Nd4j.rand(DataType.FLOAT, 4, 2)));
        Path file = folder.resolve("normalised.zip");
        Files.write(file, sound);
        ModelSerializer.addNormalizerToModel(file.toFile(), normaliser);

        assertThat(catchThrowableOfType(Failure.class, () -> ModelArchive.read(file)))
                .hasMessageContaining("holds normalizer.bin");
    }

    @Test
    void neverLoadsAForeignClass() throws IOException {
        Map<String, byte[]> entries = entries();
        String json = new String(entries.get(ModelZip.CONFIGURATION), StandardCharsets.UTF_8)
                .replace("org.nd4j.linalg.learning.config.Adam", "dev.featuremap.network.Canary");
        entries.put(ModelZip.CONFIGURATION, json.getBytes(StandardCharsets.UTF_8));

        assertThat(refusal(zip(entries)))
                .hasMessageContaining("\"dev.featuremap.network.Canary\" is not one of DL4J's own");
        assertThat(Canary.Song.SUNG).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "2147483647", "4294967297", "9223372036854775807", "1e300", "0.5"})
    @Tag("slow")
    void readsOrRefusesEveryNumberInAConfiguration(String number) throws IOException {
        Map<String, byte[]> entries = entries();
        String json = new String(entries.get(ModelZip.CONFIGURATION), StandardCharsets.UTF_8);
        List<MatchResult> numbers = Pattern.compile("(?<=[\\[:,] ?)-?\\d[-+.\\dEe]*")
                .matcher(json)
                .results()
                .toList();
        assertThat(numbers).hasSizeGreaterThan(50);
        for (MatchResult place : numbers) {
            String hostile = json.substring(0, place.start()) + number + json.substring(place.end());
            entries.put(ModelZip.CONFIGURATION, hostile.getBytes(StandardCharsets.UTF_8));
            try {
                assertThat(ModelArchive.read(file(zip(entries))).params()).isEqualTo(trained.params());
            } catch (Failure failure) {
                assertThat(failure.kind()).as(hostile).isEqualTo(Failure.Kind.MODEL);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "/etc/passwd", "configuration.json/", "extra.txt", "noParams.marker", "a\nb"})
    void refusesOtherEntries(String name) throws IOException {
        Map<String, byte[]> entries = entries();
        entries.put(name, new byte[] {});

        Failure failure = refusal(zip(entries));

        assertThat(failure).hasMessageContaining("holds an entry ");
        assertThat(failure.getMessage()).doesNotContain("\n");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("model.zip"));
        }
    }

    @Test
    void refusesDuplicateEntries() throws IOException {
        Map<String, byte[]> entries = entries();
        entries.put("coefficients.BIN", entries.get(ModelZip.COEFFICIENTS));
        byte[] zip = replace(zip(entries), "coefficients.BIN", ModelZip.COEFFICIENTS);

        assertThat(refusal(zip)).hasMessageContaining("holds coefficients.bin twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {ModelZip.CONFIGURATION, ModelZip.COEFFICIENTS})
    void refusesMissingEntries(String name) throws IOException {
        Map<String, byte[]> entries = entries();
        entries.remove(name);

        assertThat(refusal(zip(entries))).hasMessageEndingWith("holds no " + name);
    }

    @Test
    void refusesManyEntriesWithoutReadingThem() throws IOException {
        Path file = folder.resolve("many.zip");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < 70_000; i++) {
                ZipEntry empty = new ZipEntry("e" + i);
                empty.setMethod(ZipEntry.STORED);
                empty.setSize(0);
                empty.setCrc(0);
                zip.putNextEntry(empty);
            }
        }

        // As many as the end record can say; the true number stands elsewhere.
        assertRefusedAtOnce(file, "holds 65535 entries");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[],", "{},", "{\"a\":0},", "0,", "\"\","})
    void refusesABombOfKeysAndValues(String unit) throws IOException {
        Map<String, byte[]> entries = entries();
        String list = unit.repeat((NetworkJson.MAX_BYTES - 20) / unit.length());
        entries.put(ModelZip.CONFIGURATION, ("{\"confs\": [" + list + "0]}").getBytes(StandardCharsets.US_ASCII));

        assertRefusedAtOnce(file(zip(entries)), "keys and values");
    }

    @Test
    @Tag("slow")
    void refusesABombOfZeros() throws IOException {
        for (String name : new String[] {ModelZip.CONFIGURATION, ModelZip.COEFFICIENTS, ModelZip.UPDATER_STATE}) {
            Path file = folder.resolve("bomb.zip");
            Map<String, byte[]> entries = entries();
            byte[] start = entries.remove(name);
            try (OutputStream out = Files.newOutputStream(file);
                    ZipOutputStream zip = new ZipOutputStream(out)) {
                put(zip, entries);
                zip.putNextEntry(new ZipEntry(name));
                zip.write(start);
                byte[] zeros = new byte[1 << 20];
                for (int i = 0; i < 64; i++) {
                    zip.write(zeros);
                }
            }
            assertRefusedAtOnce(file, name.equals(ModelZip.CONFIGURATION) ? "larger than 4 MiB" : "longer than");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, Integer.MAX_VALUE, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE})
    void refusesFalseLengths(long length) throws IOException {
        long numbers = trained.params().length();
        for (byte[] vector : new byte[][] {
            vector("MIXED_DATA_TYPES", 6, new long[] {1, length, 1, 8192, 1, 99}, "FLOAT", numbers),
            vector("MIXED_DATA_TYPES", 6, new long[] {1, numbers, 1, 8192, 1, 99}, "FLOAT", length),
            vector("MIXED_DATA_TYPES", length, new long[] {1, numbers, 1, 8192, 1, 99}, "FLOAT", numbers),
            vector(
                    "MIXED_DATA_TYPES",
                    6,
                    new long[] {length == 1 ? 3 : length, numbers, 1, 8192, 1, 99},
                    "FLOAT",
                    numbers)
        }) {
            Map<String, byte[]> entries = entries();
            entries.put(ModelZip.COEFFICIENTS, vector);
            Failure failure = refusal(zip(entries));
            assertThat(failure).hasMessageContaining("coefficients.bin: ");
        }
    }

    @Test
    void refusesOtherArrays() throws IOException {
        long n = trained.params().length();
        long[] shape = {1, n, 1, 8192, 1, 99};

        assertThat(refusedVector(vector("LONG_SHAPE", 6, shape, "FLOAT", n))).contains("as DL4J 1.0.0-M2.1 writes it");
        assertThat(refusedVector(vector("X".repeat(60_000), 6, shape, "FLOAT", n)))
                .contains("as DL4J 1.0.0-M2.1");
        assertThat(refusedVector(vector("MIXED_DATA_TYPES", 6, shape, "DOUBLE", n)))
                .contains("holds DOUBLE where FLOAT is expected");
        assertThat(refusedVector(vector("MIXED_DATA_TYPES", 6, shape, "COMPRESSED", n)))
                .contains("holds COMPRESSED");
        assertThat(refusedVector(vector("MIXED_DATA_TYPES", 6, new long[] {1, n, 7, 8192, 1, 99}, "FLOAT", n)))
                .contains("stride 7, but the network needs 1");
        assertThat(refusedVector(new byte[0])).contains("is shorter than the network it belongs to");
    }

    /** As a network has it that was given its parameters so; the row's own stride means nothing. */
    @Test
    void readsAVectorOfOneRow() throws IOException {
        long n = trained.params().length();
        for (long stride : new long[] {1, n}) {
            Map<String, byte[]> entries = entries();
            entries.put(
                    ModelZip.COEFFICIENTS,
                    vector("MIXED_DATA_TYPES", 8, new long[] {2, 1, n, stride, 1, 8192, 1, 99}, "FLOAT", n));
            assertThat(ModelArchive.read(file(zip(entries)))
                            .params()
                            .amaxNumber()
                            .doubleValue())
                    .isZero();
        }
        assertThat(refusedVector(vector("MIXED_DATA_TYPES", 8, new long[] {2, 2, n, n, 1, 8192, 1, 99}, "FLOAT", n)))
                .endsWith("coefficients.bin: rows 2, but the network needs 1");
        for (int rank : new int[] {0, 3}) {
            assertThat(refusedVector(vector("MIXED_DATA_TYPES", 6, new long[] {rank, n, 1, 8192, 1, 99}, "FLOAT", n)))
                    .endsWith("coefficients.bin: is an array of rank " + rank + ", not a vector");
        }
    }

    @Test
    void refusesAVectorWithANumberMore() throws IOException {
        byte[] coefficients = entries().get(ModelZip.COEFFICIENTS);
        for (int more : new int[] {1, 4}) {
            assertThat(refusedVector(Arrays.copyOf(coefficients, coefficients.length + more)))
                    .endsWith("coefficients.bin: is longer than the network it belongs to");
        }
    }

    /** Zeros pack a thousandfold, but half of the heap is all that parameters may take. */
    @Test
    void refusesANetworkThatTheHeapDoesNotHold() throws IOException {
        long most = Runtime.getRuntime().maxMemory() / 8;

        assertThat(refusedOutputs(most)).contains("coefficients.bin: ").endsWith("but the network needs " + most);
        assertThat(refusedOutputs(most + 1))
                .endsWith("configuration.json: is a network of " + (most + 1)
                        + " parameters; this Java's heap has room for 1 to " + most);
        assertThat(refusedOutputs(0)).contains("configuration.json: is a network of 0 parameters");
        assertThat(refusedOutputs(1)).endsWith("but the network needs 1");
    }

    /** What is said of a network of so many outputs, a weight each, with other parameters. */
    private String refusedOutputs(long outputs) throws IOException {
        MultiLayerConfiguration network = new NeuralNetConfiguration.Builder()
                .list(new OutputLayer.Builder()
                        .nIn(1)
                        .nOut(outputs)
                        .hasBias(false)
                        .build())
                .validateOutputLayerConfig(false)
                .build();
        return refusedConfiguration(network);
    }

    private String refusedConfiguration(MultiLayerConfiguration network) throws IOException {
        Map<String, byte[]> entries = entries();
        entries.put(ModelZip.CONFIGURATION, network.toJson().getBytes(StandardCharsets.UTF_8));
        return refusal(zip(entries)).getMessage();
    }

    @Test
    void refusesANetworkThatDl4jCannotBuild() throws IOException {
        ConvolutionLayer layer =
                new ConvolutionLayer.Builder(2, 2).nIn(1).nOut(1).build();
        layer.setKernelSize(new int[] {2});
        MultiLayerConfiguration network =
                new NeuralNetConfiguration.Builder().list(layer).build();

        assertThat(refusedConfiguration(network)).contains("configuration.json: DL4J cannot build this network: ");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void refusesNumbersThatAreNotFinite(float number) {
        MultiLayerNetwork network = trained.clone();
        network.params().putScalar(5, number);
        Path file = folder.resolve("broken.zip");
        ModelArchive.write(network, file);

        assertThat(catchThrowableOfType(Failure.class, () -> ModelArchive.read(file)))
                .hasMessageContaining("coefficients.bin: number 5 of ")
                .hasMessageEndingWith(" is " + number);
    }

    @Test
    void refusesAnUpdaterStateOfAnotherNetwork() throws IOException {
        Map<String, byte[]> entries = entries();
        entries.put(ModelZip.UPDATER_STATE, entries.get(ModelZip.COEFFICIENTS));

        assertThat(refusal(zip(entries))).hasMessageContaining("updaterState.bin: columns ");
    }

    @Test
    void refusesWhatIsNoZip() throws IOException {
        assertThat(refusal(new byte[0])).hasMessageEndingWith("is no zip file, or was cut off: it has 0 bytes");
        assertThat(refusal("not a zip file at all, just text".getBytes(StandardCharsets.UTF_8)))
                .hasMessageEndingWith("is no zip file, or was cut off: it has 32 bytes");
        Path missing = folder.resolve("missing.zip");
        assertThat(catchThrowableOfType(Failure.class, () -> ModelArchive.read(missing)))
                .hasMessage(missing + ": no such file");
        assertThat(catchThrowableOfType(Failure.class, () -> ModelArchive.read(folder)))
                .hasMessage(folder + ": is a folder, not a file");
    }

    @Test
    void refusesAnotherPrecision() throws IOException {
        MultiLayerConfiguration configuration = PlainDl4j.perceptron();
        configuration.setDataType(DataType.DOUBLE);
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        Path file = folder.resolve("double.zip");
        ModelSerializer.writeModel(network, file.toFile(), true);

        assertThat(catchThrowableOfType(Failure.class, () -> ModelArchive.read(file)))
                .hasMessageEndingWith("configuration.json: is a network of DOUBLE, not of FLOAT");
    }

    private Path file(byte[] bytes) {
        try {
            return Files.write(folder.resolve("model.zip"), bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Failure refusal(byte[] zip) {
        Failure failure = catchThrowableOfType(Failure.class, () -> ModelArchive.read(file(zip)));
        assertThat(failure.kind()).isEqualTo(Failure.Kind.MODEL);
        return failure;
    }

    private String refusedVector(byte[] vector) throws IOException {
        Map<String, byte[]> entries = entries();
        entries.put(ModelZip.COEFFICIENTS, vector);
        return refusal(zip(entries)).getMessage();
    }

    /** Refused in less than 64 MiB; the time is generous, because the machine may be busy. */
    private static void assertRefusedAtOnce(Path file, String message) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        assertTimeout(Duration.ofSeconds(20), () -> {
            long before = threads.getCurrentThreadAllocatedBytes();
            long start = System.nanoTime();
            Failure failure = catchThrowableOfType(Failure.class, () -> ModelArchive.read(file));
            slowest = Math.max(slowest, System.nanoTime() - start);
            largest = Math.max(largest, threads.getCurrentThreadAllocatedBytes() - before);
            assertThat(largest).isLessThan(64L << 20);
            assertThat(failure).hasMessageContaining(message);
        });
    }

    private static Map<String, byte[]> entries() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(sound))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        return zip(entries, "");
    }

    private static byte[] zip(Map<String, byte[]> entries, String comment) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(zip, entries);
            zip.setComment(comment);
        }
        return bytes.toByteArray();
    }

    private static String seal(byte[] zip) {
        return new String(zip, zip.length - ModelSeal.BYTES, ModelSeal.BYTES, StandardCharsets.US_ASCII);
    }

    /** The model as plain DL4J writes it. */
    private byte[] plain() throws IOException {
        Path file = folder.resolve("plain.zip");
        ModelSerializer.writeModel(trained, file.toFile(), true);
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        return bytes;
    }

    /** One bit flipped and cut off, by turns. */
    private static byte[] damaged(byte[] zip, Random random, int turn) {
        if (turn % 2 == 1) {
            return Arrays.copyOf(zip, random.nextInt(zip.length));
        }
        byte[] flipped = zip.clone();
        flipped[random.nextInt(zip.length)] ^= (byte) (1 << random.nextInt(8));
        return flipped;
    }

    /** With a copy of the first entry before the directory, which does not tell of it. */
    private static byte[] withHiddenEntry(byte[] zip) {
        ByteBuffer end = ByteBuffer.wrap(zip.clone()).order(ByteOrder.LITTLE_ENDIAN);
        int directory = end.getInt(zip.length - 6);
        int second = new String(zip, StandardCharsets.ISO_8859_1).indexOf("PK\3\4", 4);
        byte[] hidden = Arrays.copyOf(zip, second);
        end.putInt(zip.length - 6, directory + hidden.length);
        byte[] rest = Arrays.copyOfRange(end.array(), directory, zip.length);
        return join(Arrays.copyOf(zip, directory), hidden, rest);
    }

    private static byte[] join(byte[]... pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }

    private static void put(ZipOutputStream zip, Map<String, byte[]> entries) throws IOException {
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            zip.putNextEntry(new ZipEntry(entry.getKey()));
            zip.write(entry.getValue());
        }
    }

    /** A zip whose one entry is stored as it is, and whose checksum is then set to another in both its headers. */
    private static byte[] stored(String name, byte[] content, long falseChecksum) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CRC32 crc = new CRC32();
        crc.update(content);
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            Map<String, byte[]> others = entries();
            others.remove(name);
            put(zip, others);
            ZipEntry entry = new ZipEntry(name);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(content.length);
            entry.setCrc(crc.getValue());
            zip.putNextEntry(entry);
            zip.write(content);
        }
        return replace(bytes.toByteArray(), littleEndian(crc.getValue()), littleEndian(falseChecksum));
    }

    private static String littleEndian(long crc) {
        StringBuilder bytes = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            bytes.append((char) ((crc >> (8 * i)) & 0xff));
        }
        return bytes.toString();
    }

    private static byte[] replace(byte[] zip, String from, String to) {
        return new String(zip, StandardCharsets.ISO_8859_1).replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] vector(String mode, long longs, long[] shape, String type, long length) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(bytes);
        data.writeUTF(mode);
        data.writeLong(longs);
        data.writeUTF("LONG");
        for (long value : shape) {
            data.writeLong(value);
        }
        data.writeUTF(mode);
        data.writeLong(length);
        data.writeUTF(type);
        data.write(new byte[4 * Math.toIntExact(trained.params().length())]);
        return bytes.toByteArray();
    }

    private static byte[] serialised(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    /** Sings when it is deserialised. */
    private static final class Nightingale implements Serializable {
        private static final long serialVersionUID = 1L;
        static final boolean[] SUNG = new boolean[1];

        private Object readResolve() {
            SUNG[0] = true;
            return this;
        }
    }
}
