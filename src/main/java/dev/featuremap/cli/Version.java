package dev.featuremap.cli;

import dev.featuremap.Build;
import dev.featuremap.UserPath;
import dev.featuremap.backend.Natives;
import dev.featuremap.run.GitState;
import picocli.CommandLine.IVersionProvider;

/** The versions of featuremap, its sources, Deeplearning4j and Java, and the natives on the class path. */
final class Version implements IVersionProvider {
    private static final int SHORT = 10;

    @Override
    public String[] getVersion() {
        String commit = GitState.of(UserPath.project())
                .map(state -> "commit " + state.commit().substring(0, SHORT) + (state.dirty() ? " changed" : "") + ", ")
                .orElse("");
        return new String[] {
            "featuremap " + Build.version() + " (" + commit + "Deeplearning4j " + Build.dl4j() + ", Java "
                    + Runtime.version() + ", natives " + Natives.inUse().classifier() + ")"
        };
    }
}
