package dev.featuremap.network;

import dev.featuremap.experiment.*;

public record ShapeTable() {
    public static ShapeTable of(Experiment e, DataShape s) {
        return new ShapeTable();
    }

    public String text() {
        return "";
    }
}
