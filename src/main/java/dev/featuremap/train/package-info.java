/** Training, evaluating and predicting: {@link dev.featuremap.train.Trainer} is the one loop. */
package dev.featuremap.train;
