package dev.featuremap.engine;

import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * How many OpenMP threads the calling thread's parallel regions get.
 *
 * <p>oneDNN's library has no call for it, ND4J's has, and both use the process's one OpenMP run-time where they come with the
 * same one (GNU's on Linux, LLVM's on macOS). Elsewhere OMP_NUM_THREADS decides.
 */
final class OmpThreads {
    private final NativeOps operations = NativeOpsHolder.getInstance().getDeviceNativeOps();

    int get() {
        return operations.ompGetMaxThreads();
    }

    void set(int threads) {
        operations.setOmpNumThreads(threads);
    }
}
