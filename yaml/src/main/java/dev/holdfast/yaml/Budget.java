package dev.holdfast.yaml;

import dev.holdfast.model.FaultException;

/// What a file may still cost. An alias costs what its anchor's value would cost if it were written there, so a
/// text that unfolds beyond measure is refused before anything is unfolded. The ratio is go-yaml's: small documents
/// may be aliases nearly through and through, large ones by a tenth.
final class Budget {

    private static final long FEW = 400_000;
    private static final long MANY = 4_000_000;

    /// What one value costs: its nodes, and the characters of its texts.
    record Weight(long nodes, long characters) {
        static final Weight NONE = new Weight(0, 0);
    }

    private final Limits limits;
    private final Trouble trouble;
    private long total;
    private long nodes;
    private long aliased;
    private long characters;

    Budget(Limits limits, Trouble trouble) {
        this.limits = limits;
        this.trouble = trouble;
    }

    Limits limits() {
        return limits;
    }

    void newDocument() {
        nodes = 0;
        aliased = 0;
        characters = 0;
    }

    Weight weight() {
        return new Weight(nodes, characters);
    }

    Weight since(Weight before) {
        return new Weight(nodes - before.nodes, characters - before.characters);
    }

    void spend(int length, int line, int column) {
        nodes++;
        characters += length;
        if (++total > limits.nodes()) throw tooMany(line, column);
    }

    void expand(Weight weight, int line, int column) {
        nodes += weight.nodes + 1;
        aliased += weight.nodes;
        characters += weight.characters;
        total += weight.nodes + 1;
        boolean tooDense = aliased > 100 && nodes > 1_000 && (double) aliased / nodes > allowed();
        if (tooDense || characters > limits.bytes()) {
            throw trouble.at(
                    line,
                    column,
                    "ExcessiveAliasing",
                    "the aliases (*name) of this document unfold into far more than is written");
        }
        if (total > limits.nodes()) throw tooMany(line, column);
    }

    private double allowed() {
        if (nodes <= FEW) return 0.99;
        if (nodes >= MANY) return 0.10;
        return 0.99 - 0.89 * (nodes - FEW) / (MANY - FEW);
    }

    private FaultException tooMany(int line, int column) {
        return trouble.at(line, column, "TooLarge", "the file has more than " + limits.nodes() + " values");
    }
}
