/** The command line: one small class per command, and the only place that prints. */
package dev.featuremap.cli;
