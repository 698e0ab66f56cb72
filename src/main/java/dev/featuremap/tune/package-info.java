/**
 * Searches: an experiment whose values may be spaces, candidates drawn from them and scored on validation data, the
 * best trained on all of it and scored once on the test data.
 */
package dev.featuremap.tune;
