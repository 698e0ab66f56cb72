/** Many runs: planned, and made in this process, in processes of their own, or by a cluster. */
package dev.featuremap.jobs;
