/** This project's engines as contestants. */
package dev.featuremap.bench.engines;
