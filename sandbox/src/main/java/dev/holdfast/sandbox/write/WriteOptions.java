package dev.holdfast.sandbox.write;

import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.answer.Refusal.Cause;
import dev.holdfast.sandbox.answer.Refusal.Subject;
import dev.holdfast.sandbox.request.Call;
import dev.holdfast.sandbox.request.Quoted;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// How a write is meant: who writes, for real or to see what would happen, and what becomes of unknown fields.
public record WriteOptions(String manager, Effect effect, FieldValidation validation, Conflicts conflicts) {

    private static final int LONGEST_MANAGER = 128;

    public enum Effect {
        STORED,
        DRY_RUN
    }

    public enum FieldValidation {
        STRICT,
        WARN,
        IGNORE
    }

    /// What an apply does about fields of others.
    public enum Conflicts {
        REFUSED,
        FORCED
    }

    /// Which options object a request stands for, in error texts.
    public enum Kind {
        CREATE("CreateOptions"),
        UPDATE("UpdateOptions"),
        PATCH("PatchOptions"),
        APPLY("PatchOptions"),
        DELETE("DeleteOptions");

        private final String title;

        Kind(String title) {
            this.title = title;
        }
    }

    /// Of the server's own writers.
    public static WriteOptions by(String manager) {
        return new WriteOptions(manager, Effect.STORED, FieldValidation.IGNORE, Conflicts.REFUSED);
    }

    public static WriteOptions of(Call call, Kind kind) {
        var query = call.query();
        var causes = new ArrayList<Cause>();
        var manager = query.get("fieldManager");
        if (manager.isEmpty() && kind == Kind.APPLY) {
            causes.add(new Cause("FieldValueRequired", "Required value: is required for apply patch", "fieldManager"));
        }
        if (manager.getBytes(StandardCharsets.UTF_8).length > LONGEST_MANAGER) {
            causes.add(new Cause(
                    "FieldValueTooLong",
                    "Too long: may not be more than " + LONGEST_MANAGER + " bytes",
                    "fieldManager"));
        }
        if (!manager.chars().allMatch(c -> c >= 0x20 && c != 0x7f)) {
            causes.add(new Cause(
                    "FieldValueInvalid",
                    "Invalid value: " + Quoted.text(manager) + ": should only contain printable characters",
                    "fieldManager"));
        }
        if (query.has("force") && kind == Kind.PATCH) {
            causes.add(
                    new Cause("FieldValueForbidden", "Forbidden: may not be specified for non-apply patch", "force"));
        }
        for (var run : query.all("dryRun")) {
            if (!run.equals("All")) {
                causes.add(new Cause(
                        "FieldValueNotSupported",
                        "Unsupported value: " + Quoted.text(run) + ": supported values: \"All\"",
                        "dryRun"));
            }
        }
        var validation = validation(query.get("fieldValidation"), causes);
        if (!causes.isEmpty()) throw Refusal.invalid(new Subject("", "meta.k8s.io", kind.title), causes);
        var effect = query.all("dryRun").isEmpty() ? Effect.STORED : Effect.DRY_RUN;
        var conflicts = query.flag("force") ? Conflicts.FORCED : Conflicts.REFUSED;
        return new WriteOptions(manager.isEmpty() ? agent(call) : manager, effect, validation, conflicts);
    }

    private static FieldValidation validation(String text, List<Cause> causes) {
        return switch (text) {
            case "Strict" -> FieldValidation.STRICT;
            case "", "Warn" -> FieldValidation.WARN;
            case "Ignore" -> FieldValidation.IGNORE;
            default -> {
                causes.add(new Cause(
                        "FieldValueNotSupported",
                        "Unsupported value: " + Quoted.text(text)
                                + ": supported values: \"\", \"Ignore\", \"Strict\", \"Warn\"",
                        "fieldValidation"));
                yield FieldValidation.WARN;
            }
        };
    }

    /// Writers who do not name themselves are called as their program: the part of the user agent before the slash.
    private static String agent(Call call) {
        var agent = call.header("User-Agent").orElse("");
        int slash = agent.indexOf('/');
        var program = slash < 0 ? agent : agent.substring(0, slash);
        var printable = program.replaceAll("\\p{Cntrl}", "");
        return printable.length() > LONGEST_MANAGER ? printable.substring(0, LONGEST_MANAGER) : printable;
    }

    /// The same, to see what would happen.
    public WriteOptions asDryRun() {
        return new WriteOptions(manager, Effect.DRY_RUN, validation, conflicts);
    }

    public boolean dryRun() {
        return effect == Effect.DRY_RUN;
    }
}
