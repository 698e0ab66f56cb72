/** libtorch as a contestant. */
package dev.featuremap.bench.libtorch;
