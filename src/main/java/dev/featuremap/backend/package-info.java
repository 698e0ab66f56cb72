/** Which of ND4J's native backends runs, with how many threads, and whether DL4J's layers go through oneDNN. */
package dev.featuremap.backend;
