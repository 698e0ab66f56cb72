package dev.featuremap.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.featuremap.export.OnnxFile;
import dev.featuremap.export.OnnxFile.Input;
import dev.featuremap.run.DirectoryLock;
import dev.featuremap.run.ModelInput;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.train.SavedRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code featuremap export}: a trained network as a file for other programs. */
@Command(name = "export", description = "Write a run's trained network for other programs, as an ONNX file.")
final class ExportCommand implements Runnable {
    private final Terminal terminal;

    @Mixin
    private CommonOptions common;

    @Parameters(paramLabel = "RUN", converter = RunConverter.class, description = "a run, by " + RunConverter.WAYS)
    private Path run;

    @Option(names = "--onnx", required = true, paramLabel = "FILE", description = "where the ONNX file goes")
    private Path file;

    @Option(
            names = "--input",
            paramLabel = "KIND",
            defaultValue = "uint8",
            description = {
                "what the model takes: levels 0..255 as uint8 or as float, which it scales itself, or raw: what the network takes;",
                "default: uint8"
            })
    private Input input;

    /**
     * What {@code --json} prints.
     *
     * @param partial what was exported of a run that has no result yet
     * @param input its name, type and shape; −1 stands for any number of examples at once
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Written(
            String file, long bytes, SavedRun.Partial partial, Value input, Value output, List<String> classes) {}

    private record Value(String name, String type, List<Integer> shape) {
        @Override
        public String toString() {
            return name + ", " + type + " " + shape.toString().replace("-1", "batch");
        }
    }

    ExportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        CommonOptions.requirePlaceForFile(file, "--onnx");
        RunDirectory directory = RunDirectory.openBegun(run);
        try (SavedRun saved = SavedRun.open(directory)) {
            Map<String, String> told = new LinkedHashMap<>(Map.of("run", saved.name()));
            if (directory.hasResult()) {
                told.put("parameters_sha256", directory.result().parametersSha256());
            }
            saved.partial().ifPresent(partial -> told.put("checkpoint_step", Long.toString(partial.step())));
            byte[] bytes = OnnxFile.bytes(saved.network(), saved.input(), input, told);
            DirectoryLock.write(file, out -> out.write(bytes));
            tell(saved, bytes.length);
        }
    }

    private void tell(SavedRun saved, long bytes) {
        ModelInput given = saved.input();
        List<Integer> pixels = new ArrayList<>(given.shape());
        pixels.add(0, -1);
        Value in = new Value(OnnxFile.INPUT, input == Input.UINT8 ? "uint8" : "float32", pixels);
        Value out =
                new Value(OnnxFile.OUTPUT, "float32", List.of(-1, given.data().outputs()));
        if (common.json) {
            terminal.json(new Written(file.toString(), bytes, saved.partial().orElse(null), in, out, given.classes()));
            return;
        }
        saved.partial().ifPresent(partial -> terminal.print("partial: %s%n", partial));
        terminal.print("model: %s (%.1f MB)%n", file, bytes / 1e6);
        terminal.print(
                "takes %s: %s%n",
                in,
                input == Input.RAW
                        ? "what the network takes, scaled as docs/model-input.md tells"
                        : "levels from 0, black, to 255, white");
        terminal.print(
                "gives %s: %s%n",
                out,
                given.classes().isEmpty()
                        ? "a value"
                        : "one number for each class, " + String.join(", ", given.classes()));
    }
}
