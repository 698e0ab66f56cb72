/** How fast engines train. */
package dev.featuremap.bench;
