package dev.featuremap.engine;

import org.bytedeco.dnnl.global.dnnl;

/**
 * oneDNN's names for an activation function of single values.
 *
 * @param forward the algorithm
 * @param backward the algorithm of its derivative from outputs
 * @param alpha the algorithm's parameter
 */
record ElementwiseFunction(int forward, int backward, float alpha) {
    static ElementwiseFunction of(ActivationFunction function) {
        if (function instanceof ActivationFunction.Relu) {
            return new ElementwiseFunction(dnnl.dnnl_eltwise_relu, dnnl.dnnl_eltwise_relu_use_dst_for_bwd, 0f);
        } else if (function instanceof ActivationFunction.LeakyRelu leaky) {
            return new ElementwiseFunction(
                    dnnl.dnnl_eltwise_relu, dnnl.dnnl_eltwise_relu_use_dst_for_bwd, leaky.slope());
        } else if (function instanceof ActivationFunction.Tanh) {
            return new ElementwiseFunction(dnnl.dnnl_eltwise_tanh, dnnl.dnnl_eltwise_tanh_use_dst_for_bwd, 0f);
        } else if (function instanceof ActivationFunction.Sigmoid) {
            return new ElementwiseFunction(dnnl.dnnl_eltwise_logistic, dnnl.dnnl_eltwise_logistic_use_dst_for_bwd, 0f);
        }
        throw new IllegalArgumentException(function + " is not of single values");
    }
}
