package dev.featuremap.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;

/** A program that runs the command line and, when that ends, deserialises an object that sings when it is read. */
final class Nightingale implements Serializable {
    private static final long serialVersionUID = 1L;

    public static void main(String[] args) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new Nightingale());
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> read(bytes.toByteArray())));
        Main.main(args);
    }

    private static void read(byte[] object) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(object))) {
            in.readObject();
        } catch (InvalidClassException e) {
            System.out.println("refused");
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object readResolve() {
        System.out.println("sung");
        return this;
    }
}
