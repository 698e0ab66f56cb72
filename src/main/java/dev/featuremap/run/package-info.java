/** A run on disk: its directory, metrics, result and provenance, and the one way final files are written. */
package dev.featuremap.run;
