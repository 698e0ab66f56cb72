package dev.featuremap.scale;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.launcher.JavaModuleOptions;

/** A Spark cluster on the loopback address: a master and workers of one core each, processes of a stock Spark's own classes. */
final class StandaloneCluster implements AutoCloseable {
    private static final Path SOURCES = Path.of("").toAbsolutePath();
    private static final Path HOME = SOURCES.resolve("target/spark/home");
    private static final int PATIENCE_SECONDS = 60;

    private final Path folder;
    private final int port;
    private final Process master;
    private final List<Process> workers = new ArrayList<>();

    private StandaloneCluster(Path folder, int port) throws IOException {
        this.folder = folder;
        this.port = port;
        master = start("master", "org.apache.spark.deploy.master.Master", "--port", Integer.toString(port));
    }

    /** Starts a cluster whose processes write below {@code folder}. */
    static StandaloneCluster start(Path folder, int workers) throws IOException, InterruptedException {
        bringSpark();
        StandaloneCluster cluster = new StandaloneCluster(folder, freePort());
        cluster.awaitMaster();
        for (int i = 0; i < workers; i++) {
            cluster.addWorker();
        }
        return cluster;
    }

    /** As {@code --spark} takes it. */
    String address() {
        return "spark://127.0.0.1:" + port;
    }

    void addWorker() throws IOException {
        String name = "worker-" + workers.size();
        workers.add(start(
                name,
                "org.apache.spark.deploy.worker.Worker",
                "--cores",
                "1",
                "--memory",
                "1g",
                "--work-dir",
                folder.resolve(name).toString(),
                address()));
    }

    /** Ends a worker and its executor as a machine ends whose power fails. */
    void kill(int worker) {
        Process process = workers.get(worker);
        List<ProcessHandle> executors = process.descendants().toList();
        process.destroyForcibly();
        executors.forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        for (int i = 0; i < workers.size(); i++) {
            kill(i);
        }
        master.destroyForcibly();
    }

    private Process start(String name, String mainClass, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx256m");
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ", -1)));
        command.addAll(List.of("-cp", HOME.resolve("jars") + File.separator + "*", mainClass));
        command.addAll(List.of("--host", "127.0.0.1", "--webui-port", "0"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile());
        Map<String, String> environment = builder.environment();
        environment.put("SPARK_HOME", HOME.toString());
        environment.put("SPARK_LOCAL_IP", "127.0.0.1");
        environment.put("SPARK_SCALA_VERSION", "2.13");
        environment.keySet().removeIf(variable -> variable.startsWith("OMP_"));
        return builder.start();
    }

    private void awaitMaster() throws InterruptedException, IOException {
        for (int tenths = 0; tenths < PATIENCE_SECONDS * 10; tenths++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException notYet) {
                Thread.sleep(100);
            }
        }
        throw new IOException("the master does not answer:\n" + Files.readString(folder.resolve("master.log")));
    }

    /** Takes a stock Spark's jars from the Maven repository, once. */
    private static void bringSpark() throws IOException, InterruptedException {
        if (Files.isDirectory(HOME.resolve("jars"))) {
            return;
        }
        Process process = new ProcessBuilder(
                        "mvn",
                        "-B",
                        "-q",
                        "-f",
                        SOURCES.resolve("src/spark/cluster").toString())
                .inheritIO()
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("Maven could not bring Spark's jars");
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
