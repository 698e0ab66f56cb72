package dev.featuremap.engine;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;

/** The calls within a step that DL4J makes to a listener and engine onednn cannot: it keeps no layer's activations, and gradients in parts. */
final class ListenerCalls {
    private ListenerCalls() {}

    /** The first such call that a listener does something at, as far as can be seen: it has the method from nobody but its own class. */
    static Optional<String> untold(TrainingListener listener) {
        return List.of(
                        call(listener, "onForwardPass", Model.class, List.class),
                        call(listener, "onBackwardPass", Model.class),
                        call(listener, "onGradientCalculation", Model.class))
                .stream()
                .filter(call -> call.getDeclaringClass() != BaseTrainingListener.class)
                .findFirst()
                .map(call ->
                        call.getName() + " of listener " + listener.getClass().getName()
                                + " (leave it to BaseTrainingListener if it does nothing there)");
    }

    private static Method call(TrainingListener listener, String name, Class<?>... parameters) {
        try {
            return listener.getClass().getMethod(name, parameters);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("DL4J's TrainingListener is not that of 1.0.0-M2.1", e);
        }
    }
}
