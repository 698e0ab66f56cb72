/** DL4J's own layers as a contestant, and what every contestant on ND4J shares. */
package dev.featuremap.bench.stock;
