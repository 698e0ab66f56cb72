/**
 * Pages of text, numbers, pictures and charts, said once and shown in two forms: lines for a terminal, and one HTML file
 * that asks nothing of the network.
 */
package dev.featuremap.page;
