package dev.featuremap.experiment;

/**
 * Where a value stands: its source, its line and its key path, such as {@code conf/x.yaml:12: training.epochs}.
 *
 * <p>A place holds only its own step and its parent, so that a large file costs no more than its nodes.
 *
 * @param parent the place of the map or list around it; null at the root
 * @param step the key with a dot before it, or the index in brackets; empty at the root
 * @param line the line in the source, from 1; 0 where lines mean nothing (the root, the command line)
 */
record Place(Place parent, String step, String source, int line) {
    static Place root(String source) {
        return new Place(null, "", source, 0);
    }

    Place key(String key, int itsLine) {
        return new Place(this, "." + Shown.text(key), source, itsLine);
    }

    Place index(int index, int itsLine) {
        return new Place(this, "[" + index + "]", source, itsLine);
    }

    /** Whether it stands in a file, and not on the command line or among a record's defaults. */
    boolean isLined() {
        return line != 0;
    }

    /** The key path, such as {@code network.layers[0].filters}; empty at the root. */
    String path() {
        StringBuilder path = new StringBuilder();
        for (Place at = this; at != null; at = at.parent) {
            path.insert(0, at.step);
        }
        return path.indexOf(".") == 0 ? path.substring(1) : path.toString();
    }

    @Override
    public String toString() {
        String where = isLined() ? source + ":" + line : source;
        String path = path();
        return path.isEmpty() ? where : where + ": " + path;
    }
}
