/** The workbench: a server on this machine that shows the runs of a folder, watches trainings, and asks trained networks. */
package dev.featuremap.ui;
