package dev.holdfast.model;

import org.jspecify.annotations.Nullable;

/// How a port or a parser reports a {@link Fault}: the one exception that crosses module borders.
public final class FaultException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Fault fault;

    public FaultException(Fault fault) {
        this(fault, null);
    }

    public FaultException(Fault fault, @Nullable Throwable cause) {
        super(fault.sentence(), cause);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
