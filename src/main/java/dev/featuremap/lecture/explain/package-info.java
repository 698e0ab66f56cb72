/** One picture on its way through a trained network: what each layer makes of it, and where the evidence lies. */
package dev.featuremap.lecture.explain;
