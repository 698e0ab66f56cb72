/** How a network is stepped: the sealed {@link dev.featuremap.engine.Engine} and its forms. */
package dev.featuremap.engine;
