/**
 * Comparisons: the same experiment under several losses or other overrides, with several seeds each, and what can be
 * concluded from the paired differences.
 */
package dev.featuremap.compare;
