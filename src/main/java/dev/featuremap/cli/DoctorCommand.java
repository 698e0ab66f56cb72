package dev.featuremap.cli;

import dev.featuremap.Failure;
import dev.featuremap.backend.Doctor;
import dev.featuremap.backend.Doctor.Check;
import dev.featuremap.backend.Finding;
import dev.featuremap.backend.Finding.Verdict;
import dev.featuremap.backend.Folder;
import dev.featuremap.data.MnistFiles;
import dev.featuremap.engine.OneDnnEngine;
import dev.featuremap.run.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code featuremap doctor}: what this machine and this installation have, lack and could do better. */
@Command(
        name = "doctor",
        description = "Look at Java, natives, threads, memory, folders and data files, and say what to mend.")
final class DoctorCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private CommonOptions common;

    DoctorCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Workspace workspace = Workspace.current();
        MnistFiles mnist = WorkspaceData.in(workspace, terminal).mnist();
        List<Check> checks = new ArrayList<>(Doctor.machineChecks());
        checks.add(new Check("engine onednn", () -> engineOneDnn(OneDnnEngine.unavailable())));
        checks.add(new Check("runs", () -> Folder.look("runs", workspace.runs())));
        checks.add(new Check("data", () -> Folder.look("data", workspace.data())));
        checks.add(new Check("mnist", () -> mnist(mnist.condition(), workspace)));
        List<Finding> findings = Doctor.examine(checks);
        if (common.json) {
            terminal.json(Map.of("findings", findings));
        } else {
            print(findings);
        }
        return count(findings, Verdict.BAD) > 0 ? Failure.Kind.ENVIRONMENT.exitCode() : 0;
    }

    private void print(List<Finding> findings) {
        for (Finding finding : findings) {
            terminal.print("%-4s  %-14s  %s%n", finding.verdict().word(), finding.check(), finding.found());
            if (finding.remedy() != null) {
                terminal.print("%-20s  remedy: %s%n", "", finding.remedy());
            }
        }
        long bad = count(findings, Verdict.BAD);
        long notes = count(findings, Verdict.NOTE);
        terminal.print(
                "%n%s, %s%n",
                bad == 0 ? "nothing is bad" : bad + " bad",
                notes == 0 ? "nothing to note" : notes + (notes == 1 ? " note" : " notes"));
    }

    private static long count(List<Finding> findings, Verdict verdict) {
        return findings.stream().filter(finding -> finding.verdict() == verdict).count();
    }

    static Finding engineOneDnn(Optional<String> unavailable) {
        return unavailable
                .map(
                        why -> Finding.note(
                                "engine onednn",
                                why,
                                "training.engine=auto takes engine nd4j instead; onednn wants Linux, macOS or Windows on x86-64"))
                .orElseGet(() -> Finding.ok("engine onednn", "oneDNN's library loads"));
    }

    static Finding mnist(MnistFiles.Condition condition, Workspace workspace) {
        if (!condition.damaged().isEmpty()) {
            Failure first = condition.damaged().get(0);
            int more = condition.damaged().size() - 1;
            return Finding.bad(
                    "mnist", first.getMessage() + (more == 0 ? "" : "; and " + more + " more files"), first.remedy());
        }
        if (!condition.missing().isEmpty()) {
            return Finding.note(
                    "mnist",
                    workspace.mnist() + " lacks " + String.join(", ", condition.missing()),
                    "nothing to do: they are fetched when they are wanted, or now by featuremap data fetch mnist");
        }
        return Finding.ok(
                "mnist", workspace.mnist() + ": " + condition.sound().size() + " files, SHA-256 as they should be");
    }
}
