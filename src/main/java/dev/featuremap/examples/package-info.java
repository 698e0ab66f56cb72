/** Short programs to read in a minute and to start from an IDE; each says in its first sentence what it shows. */
package dev.featuremap.examples;
