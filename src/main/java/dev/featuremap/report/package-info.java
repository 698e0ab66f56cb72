/**
 * Reports: one HTML file for a run, a comparison or several runs, which needs no network and nothing but a browser.
 *
 * <p>Only run directories are read. Everything from them is escaped by the templates.
 */
package dev.featuremap.report;
