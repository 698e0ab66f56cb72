/**
 * The lecture on CNN basics as working software: for each topic a record that computes what the slides say, and a page
 * that shows it. Slide ids L1 to L12 stand beside what they teach.
 */
package dev.featuremap.lecture;
