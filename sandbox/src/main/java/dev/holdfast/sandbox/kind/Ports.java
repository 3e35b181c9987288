package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Port numbers and names, and numbers that may be percentages.
final class Ports {

    static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");
    private static final String RANGE = "must be between 1 and 65535, inclusive";

    private Ports() {}

    static void number(Mapping owner, String path, String key, Problems problems) {
        if (owner.get(key) instanceof Value.Whole(var port, var _) && (port < 1 || port > 65_535)) {
            problems.invalid(child(path, key), Value.of(port), RANGE);
        }
    }

    /// A number, or the name of a port.
    static void numberOrName(@Nullable Value value, String path, Problems problems) {
        switch (value) {
            case Value.Whole(var port, var _) -> {
                if (port < 1 || port > 65_535) problems.invalid(path, Value.of(port), RANGE);
            }
            case Value.Text(var name, var _) -> {
                for (var wrong : Names.portName(name)) problems.invalid(path, name, wrong);
            }
            case null -> problems.required(path, "");
            case Value.Null _ -> problems.required(path, "");
            case Value other -> problems.invalid(path, other, "must be a number or a name");
        }
    }

    /// A count, or a share like `25%`.
    static void countOrShare(Mapping owner, String path, String key, Problems problems) {
        switch (owner.get(key)) {
            case Value.Whole(var count, var _) -> {
                if (count < 0) {
                    problems.invalid(child(path, key), Value.of(count), "must be greater than or equal to 0");
                }
            }
            case Value.Text(var share, var _) -> {
                if (!share.matches("[0-9]{1,9}%")) {
                    problems.invalid(
                            child(path, key),
                            share,
                            "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or"
                                    + " '93%', regex used for validation is '[0-9]+%')");
                }
            }
            case null -> {
                // its default holds
            }
            case Value _ ->
                problems.invalid(child(path, key), owner.get(key), "must be an integer or percentage (e.g '5%%')");
        }
    }

    static boolean zero(@Nullable Value value) {
        return switch (value) {
            case Value.Whole(var count, var _) -> count == 0;
            case Value.Text(var share, var _) -> share.matches("0+%");
            case null -> true;
            case Value _ -> false;
        };
    }

    static boolean moreThanAll(@Nullable Value value) {
        return value instanceof Value.Text(var share, var _)
                && share.matches("[0-9]{1,9}%")
                && Integer.parseInt(share.substring(0, share.length() - 1)) > 100;
    }
}
