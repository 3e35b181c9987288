package dev.holdfast.render.kustomize.tree;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Origin;

/// How a build says what is wrong: always terminal, at the line that a person must change.
public final class Refusal {

    public static final String CODE = "KustomizationInvalid";

    private Refusal() {}

    public static FaultException at(Origin place, String message) {
        return at(place, message, "");
    }

    public static FaultException at(Origin place, String message, String next) {
        return new FaultException(Fault.at(place, CODE, message, next));
    }

    /// The same fault with words before its message.
    public static FaultException within(String context, FaultException inner) {
        if (!(inner.fault() instanceof Fault.Terminal(var known))) return inner;
        var message = context + ": " + known.message();
        return new FaultException(new Fault.Terminal(
                new Fault.Explanation(known.code(), message, known.next(), known.object(), known.place())));
    }
}
