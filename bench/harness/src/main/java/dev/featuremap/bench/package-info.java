/** What is measured and how: networks, tasks, the worker's loop in each contestant's JVM, rounds, and the report. */
package dev.featuremap.bench;
