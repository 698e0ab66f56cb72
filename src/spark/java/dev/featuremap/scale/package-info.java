/** Past one machine: runs as tasks of Apache Spark, and one network trained by many workers. Built by the Maven profile {@code spark}. */
package dev.featuremap.scale;
