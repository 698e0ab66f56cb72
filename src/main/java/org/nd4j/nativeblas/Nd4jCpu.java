package org.nd4j.nativeblas;

import dev.featuremap.backend.OneDnnSwitch;

/**
 * Stands where ND4J's CPU bindings stood before M2: DL4J's oneDNN layers still ask this name, by reflection, whether
 * oneDNN is there, and without an answer are never used. See docs/decisions/0002-onednn-layers.md.
 */
public final class Nd4jCpu {
    private Nd4jCpu() {}

    /** The part of the old bindings that {@code org.deeplearning4j.nn.layers.mkldnn.BaseMKLDNNHelper} looks for. */
    public static final class Environment {
        private static final Environment INSTANCE = new Environment();

        private Environment() {}

        public static Environment getInstance() {
            return INSTANCE;
        }

        public boolean isUseMKLDNN() {
            return OneDnnSwitch.isOn();
        }
    }
}
