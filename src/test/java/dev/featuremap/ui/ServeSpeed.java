package dev.featuremap.ui;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.featuremap.data.DataFolder;
import dev.featuremap.experiment.Split;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.Workspace;
import dev.featuremap.train.PicturePreparation.Inversion;
import dev.featuremap.train.Predictor.Prediction;
import dev.featuremap.train.SavedRun;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * How many questions a second a server answers, and how long each takes, against the same network in ONNX Runtime in one process;
 * every answer is compared with {@code predict}'s. Arguments: the server's address and process, a run of one-channel pictures whose
 * test data are here, the same as ONNX, seconds, and the numbers of clients.
 */
final class ServeSpeed {
    private static final int PICTURES = 200;
    private static final int WARM = 500;
    private static final int MOST_ONNX_SECONDS = 60;

    private final int port;
    private final String run;
    private final List<byte[]> requests = new ArrayList<>();
    private final List<byte[]> pixels = new ArrayList<>();
    private final List<Prediction> expected;
    private final long[] shape;

    private ServeSpeed(String address, Path run, Path data) {
        this.port = new Asking(address).port();
        this.run = run.getFileName().toString();
        try (SavedRun saved = SavedRun.open(RunDirectory.open(run))) {
            var examples = saved.examples(Split.TEST, DataFolder.withoutFetching(new Workspace(data).data()));
            shape = new long[] {1, 1, saved.shape().height(), saved.shape().width()};
            for (int i = 0; i < PICTURES; i++) {
                byte[] levels = examples.picture(i).levels();
                requests.add(request(levels));
                pixels.add(levels); // The scaling is inside the exported network.
            }
            expected = saved.predictor()
                    .predict(IntStream.range(0, PICTURES)
                            .mapToObj(i -> saved.preparation().prepare(examples, i, Inversion.NO))
                            .toList());
        }
    }

    public static void main(String[] args) throws Exception {
        ServeSpeed speed =
                new ServeSpeed(args[0], Path.of(args[2]), Path.of(System.getProperty("featuremap.home", "")));
        int seconds = Integer.parseInt(args[4]);
        for (int i = 5; i < args.length; i++) {
            speed.measureServer(Integer.parseInt(args[i]), seconds, Path.of("/proc/" + args[1] + "/status"));
        }
        speed.measureOnnx(Path.of(args[3]), Math.min(seconds, MOST_ONNX_SECONDS));
    }

    /** One question again and again. */
    private interface Client extends AutoCloseable {
        void ask(int picture) throws Exception;
    }

    private interface Clients {
        Client open() throws Exception;
    }

    private void measureServer(int clients, int seconds, Path status) throws Exception {
        List<double[]> memory = Collections.synchronizedList(new ArrayList<>());
        Thread sampler = new Thread(() -> sample(status, memory));
        sampler.setDaemon(true);
        sampler.start();
        measure("featuremap ui, " + clients + " clients", clients, seconds, () -> new HttpClient());
        sampler.interrupt();
        sampler.join();
        List<double[]> half =
                memory.subList(memory.size() / 2, memory.size()); // Until then code is compiled and pools fill.
        double[] last = half.get(half.size() - 1);
        System.out.printf(
                "  memory %.0f MB at the end%s%n",
                last[1],
                last[0] - half.get(0)[0] < 1
                        ? "; too short a time to tell how it grows"
                        : String.format(Locale.ROOT, ", slope of the second half %.2f MB a minute", slope(half)));
    }

    private void measureOnnx(Path file, int seconds) throws Exception {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(2);
            try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file.toString(), options)) {
                measure("ONNX Runtime in one process, 1 thread asks", 1, seconds, () -> new OnnxClient(session));
                measure("ONNX Runtime in one process, 2 threads ask", 2, seconds, () -> new OnnxClient(session));
            }
        }
    }

    private void measure(String name, int clients, int seconds, Clients open) throws Exception {
        try (Client first = open.open()) {
            for (int i = 0; i < WARM; i++) {
                first.ask(i % PICTURES);
            }
        }
        List<long[]> times = Collections.synchronizedList(new ArrayList<>());
        List<Throwable> faults = Collections.synchronizedList(new ArrayList<>());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            int first = i;
            Thread thread = new Thread(() -> {
                long[] mine = new long[1 << 16];
                int count = 0;
                try (Client client = open.open()) {
                    while (System.nanoTime() < end) {
                        long start = System.nanoTime();
                        client.ask((first + count) % PICTURES);
                        mine[count++ % mine.length] = System.nanoTime() - start;
                    }
                } catch (Exception | AssertionError e) {
                    faults.add(e);
                }
                times.add(Arrays.copyOf(mine, Math.min(count, mine.length)));
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        faults.stream().limit(3).forEach(fault -> System.out.println("  " + fault));
        long[] all = times.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        System.out.printf(
                "%s: %.0f answers a second; each %.2f ms (median), %.2f ms (99 of 100); %d wrong or none%n",
                name,
                all.length / (double) seconds,
                all[all.length / 2] / 1e6,
                all[all.length * 99 / 100] / 1e6,
                faults.size());
    }

    private final class HttpClient implements Client {
        private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        private final InputStream in = new BufferedInputStream(socket.getInputStream());

        HttpClient() throws IOException {
            socket.setTcpNoDelay(true);
        }

        @Override
        public void ask(int picture) throws IOException {
            socket.getOutputStream().write(requests.get(picture));
            JsonNode answer = new ObjectMapper().readTree(body());
            check(picture, answer.get("predictions").get(0));
        }

        private byte[] body() throws IOException {
            int length = -1;
            for (String line = line(); !line.isEmpty(); line = line()) {
                if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                    length = Integer.parseInt(line.substring(15).strip());
                }
            }
            return in.readNBytes(length);
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int each = in.read(); each != '\n'; each = in.read()) {
                if (each < 0) {
                    throw new IOException("closed");
                }
                if (each != '\r') {
                    line.append((char) each);
                }
            }
            return line.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private void check(int picture, JsonNode answer) {
        Map<String, Double> probabilities = expected.get(picture).probabilities();
        probabilities.forEach((name, probability) -> {
            double told = answer.get("probabilities").get(name).asDouble();
            if (Math.abs(told - probability) > 1e-6) {
                throw new AssertionError(
                        "picture " + picture + ", class " + name + ": " + told + ", not " + probability);
            }
        });
    }

    private final class OnnxClient implements Client {
        private final OrtSession session;
        private final String input;

        OnnxClient(OrtSession session) {
            this.session = session;
            this.input = session.getInputNames().iterator().next();
        }

        @Override
        public void ask(int picture) throws OrtException {
            try (OnnxTensor tensor = OnnxTensor.createTensor(
                            OrtEnvironment.getEnvironment(), direct(pixels.get(picture)), shape, OnnxJavaType.UINT8);
                    OrtSession.Result result = session.run(Map.of(input, tensor))) {
                float[] outputs = ((float[][]) result.get(0).getValue())[0];
                List<Double> told =
                        List.copyOf(expected.get(picture).probabilities().values());
                for (int i = 0; i < outputs.length; i++) {
                    if (Math.abs(outputs[i] - told.get(i)) > 1e-4) {
                        throw new AssertionError("picture " + picture + ": " + outputs[i] + ", not " + told.get(i));
                    }
                }
            }
        }

        private static ByteBuffer direct(byte[] levels) {
            return ByteBuffer.allocateDirect(levels.length).put(levels).flip();
        }

        @Override
        public void close() {}
    }

    private byte[] request(byte[] levels) {
        int width = (int) shape[3];
        StringBuilder json = new StringBuilder("[");
        for (int i = 0; i < levels.length; i++) {
            json.append(i % width == 0 ? (i == 0 ? "[" : "],[") : ",").append(levels[i] & 0xff);
        }
        byte[] body = json.append("]]").toString().getBytes(StandardCharsets.US_ASCII);
        String head = "POST /api/runs/" + run + "/predict HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n";
        byte[] request = Arrays.copyOf(head.getBytes(StandardCharsets.US_ASCII), head.length() + body.length);
        System.arraycopy(body, 0, request, head.length(), body.length);
        return request;
    }

    /** Minutes and resident megabytes of a process, every five seconds. */
    private static void sample(Path status, List<double[]> memory) {
        long start = System.nanoTime();
        try {
            while (true) {
                for (String line : Files.readAllLines(status)) {
                    if (line.startsWith("VmRSS:")) {
                        memory.add(new double[] {
                            (System.nanoTime() - start) / 6e10, Long.parseLong(line.replaceAll("\\D", "")) / 1024.0
                        });
                    }
                }
                TimeUnit.SECONDS.sleep(5);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            System.out.println("  the memory of the server's process cannot be read: " + e);
        }
    }

    private static double slope(List<double[]> half) {
        double minutes = half.stream().mapToDouble(one -> one[0]).average().orElse(0);
        double megabytes = half.stream().mapToDouble(one -> one[1]).average().orElse(0);
        double both = half.stream()
                .mapToDouble(one -> (one[0] - minutes) * (one[1] - megabytes))
                .sum();
        double square = half.stream()
                .mapToDouble(one -> (one[0] - minutes) * (one[0] - minutes))
                .sum();
        return square == 0 ? 0 : both / square;
    }
}
