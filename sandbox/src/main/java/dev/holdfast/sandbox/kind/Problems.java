package dev.holdfast.sandbox.kind;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.yaml.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects what is wrong with an object, in the words of the API server. Paths are texts: `spec.ports[0].name`.
final class Problems {

    /// Nobody reads more, and a hostile object could have any number.
    private static final int MOST = 1_000;

    private static final String IMMUTABLE = "field is immutable";

    private final List<FieldError> errors = new ArrayList<>();

    List<FieldError> errors() {
        return List.copyOf(errors);
    }

    boolean none() {
        return errors.isEmpty();
    }

    void add(FieldError error) {
        if (errors.size() < MOST) errors.add(error);
    }

    void required(String path, String detail) {
        add(FieldError.Reason.REQUIRED, path, detail);
    }

    void forbidden(String path, String detail) {
        add(FieldError.Reason.FORBIDDEN, path, detail);
    }

    void invalid(String path, @Nullable Value value, String detail) {
        add(FieldError.Reason.INVALID, path, shown(value) + ": " + detail);
    }

    void invalid(String path, String value, String detail) {
        invalid(path, Value.of(value), detail);
    }

    void typeInvalid(String path, Value value, String detail) {
        add(FieldError.Reason.TYPE_INVALID, path, shown(value) + ": " + detail);
    }

    void duplicate(String path, Value value) {
        add(FieldError.Reason.DUPLICATE, path, shown(value));
    }

    void notFound(String path, String value) {
        add(FieldError.Reason.NOT_FOUND, path, quoted(value));
    }

    void tooLong(String path, long most) {
        add(FieldError.Reason.TOO_LONG, path, "may not be more than " + most + (most == 1 ? " byte" : " bytes"));
    }

    void tooMany(String path, long actual, long most) {
        var detail = "must have at most " + most + (most == 1 ? " item" : " items");
        add(FieldError.Reason.TOO_MANY, path, actual + ": " + detail);
    }

    void notSupported(String path, @Nullable Value value, List<String> supported) {
        var options = supported.stream().map(Problems::quoted).toList();
        var detail = options.isEmpty() ? "" : ": supported values: " + String.join(", ", options);
        add(FieldError.Reason.NOT_SUPPORTED, path, shown(value) + detail);
    }

    /// An option of a closed list; a missing one is not looked at.
    void oneOf(Mapping owner, String path, String key, List<String> supported) {
        if (owner.get(key) instanceof Value.Text(var text, var _) && !supported.contains(text)) {
            notSupported(child(path, key), Value.of(text), supported);
        }
    }

    void notNegative(Mapping owner, String path, String key) {
        if (owner.get(key) instanceof Value.Whole(var number, var _) && number < 0) {
            invalid(child(path, key), Value.of(number), "must be greater than or equal to 0");
        }
    }

    void immutable(String path, @Nullable Value now, @Nullable Value before) {
        boolean same = now == null || now.isNull() ? before == null || before.isNull() : now.equals(before);
        if (!same) invalid(path, now, IMMUTABLE);
    }

    private void add(FieldError.Reason reason, String path, String detail) {
        var message = detail.isEmpty() ? reason.opening() : reason.opening() + ": " + detail;
        add(new FieldError(reason, path, message));
    }

    /// A value as error texts show it.
    static String shown(@Nullable Value value) {
        return switch (value) {
            case null -> "null";
            case Value.Text(var text, var _) -> quoted(text);
            case Mapping map -> goJson(map);
            case Sequence list -> goJson(list);
            case Value other -> JsonWriter.text(other);
        };
    }

    /// Go's JSON writes these three as escapes, so that no browser takes them for markup.
    private static String goJson(Value value) {
        return JsonWriter.text(value)
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026");
    }

    static String quoted(String text) {
        return JsonWriter.text(Value.of(text));
    }

    static String child(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    static String item(String path, int index) {
        return path + "[" + index + "]";
    }

    static String keyed(String path, String key) {
        return path + "[" + key + "]";
    }
}
