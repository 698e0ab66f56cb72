/** Trained networks as files for other programs. */
package dev.featuremap.export;
