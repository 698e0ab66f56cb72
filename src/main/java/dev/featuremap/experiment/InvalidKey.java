package dev.featuremap.experiment;

/** A value that its key does not allow; whoever read it from a file adds the file, the line and the path. */
public final class InvalidKey extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String key;
    private final String found;
    private final String allowed;

    public InvalidKey(String key, Object found, String allowed) {
        super(key + ": found " + found + ", allowed: " + allowed);
        this.key = key;
        this.found = String.valueOf(found);
        this.allowed = allowed;
    }

    public String key() {
        return key;
    }

    public String found() {
        return found;
    }

    public String allowed() {
        return allowed;
    }
}
