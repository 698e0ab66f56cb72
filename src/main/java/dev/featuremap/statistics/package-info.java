/**
 * What numbers allow to be said: intervals, tests, and the verdicts on many pairs at many looks. Pure functions, on
 * commons-math3 alone: the same numbers give the same answer, those that draw at random included.
 */
package dev.featuremap.statistics;
