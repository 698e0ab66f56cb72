/** A folder of runs at a glance: what is in it, found by its settings and scores, named in short, tagged, and thrown away. */
package dev.featuremap.workspace;
