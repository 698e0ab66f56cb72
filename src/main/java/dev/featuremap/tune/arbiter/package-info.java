/** The only package that knows Arbiter, whose generators and runner do the search. */
package dev.featuremap.tune.arbiter;
