/**
 * A trained network as a page to play with: what the page holds of a run, and how it is written. What the page does is in the
 * modules of {@code src/main/resources/dev/featuremap/play}.
 */
package dev.featuremap.play;
