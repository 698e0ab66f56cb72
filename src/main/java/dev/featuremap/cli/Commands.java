package dev.featuremap.cli;

import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes commands, giving those that print the terminal, and those that train what stops them. */
final class Commands implements IFactory {
    private final Terminal terminal;
    private final Interruption interruption;

    Commands(Terminal terminal, Interruption interruption) {
        this.terminal = terminal;
        this.interruption = interruption;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        try {
            return type.getDeclaredConstructor(Terminal.class, Interruption.class)
                    .newInstance(terminal, interruption);
        } catch (NoSuchMethodException e) {
            return withTerminal(type);
        }
    }

    private <K> K withTerminal(Class<K> type) throws Exception {
        try {
            return type.getDeclaredConstructor(Terminal.class).newInstance(terminal);
        } catch (NoSuchMethodException e) {
            return CommandLine.defaultFactory().create(type);
        }
    }
}
