package dev.featuremap.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.SortedMap;

/**
 * {@code state.json}: what a checkpoint is of, and what its other files must be.
 *
 * @param sha256 of this file, see {@code SealedJson}
 * @param training where the loop stands
 * @param history what the run has been through
 * @param files by name: size and SHA-256
 */
@JsonInclude(Include.NON_NULL)
public record CheckpointState(
        String sha256, TrainingState training, RunHistory history, SortedMap<String, Disk.Stamp> files) {}
