package dev.holdfast.fields;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether a value has the shape that its schema says, in the words of the API server's field manager: what it
/// answers to an apply that it can't read. Of the unknown fields of one map only the first is named, in key order.
final class TypeCheck {

    /// Items of a live list may share a key, those of a configuration may not.
    enum Duplicates {
        ALLOWED,
        REFUSED
    }

    private final Duplicates duplicates;
    private final List<String> problems = new ArrayList<>();
    private final List<PathElement> path = new ArrayList<>();

    private TypeCheck(Duplicates duplicates) {
        this.duplicates = duplicates;
    }

    static List<String> problems(Type type, Mapping object, Duplicates duplicates) {
        var check = new TypeCheck(duplicates);
        check.value(type, object);
        return check.problems;
    }

    private void value(Type type, Value value) {
        switch (type.shapedAs(value)) {
            case Type.Scalar scalar -> scalar(scalar, value);
            case Type.ListOf list -> list(list, value);
            case Type.MapOf map -> map(map, value);
            case Type.Any _, Type.Named _ -> {}
        }
    }

    private void scalar(Type.Scalar type, Value value) {
        if (value.isNull()) return;
        switch (type.kind()) {
            case TEXT -> {
                if (!(value instanceof Value.Text)) problem("expected string, got " + GoText.sharp(value));
            }
            case INTEGER, NUMBER -> {
                if (!(value instanceof Value.Whole || value instanceof Value.Real)) {
                    problem("expected numeric (int or float), got " + GoText.type(value));
                }
            }
            case BOOLEAN -> {
                if (!(value instanceof Value.Bool)) problem("expected boolean, got " + GoText.of(value));
            }
            case ANY -> {
                if (value instanceof Mapping || value instanceof Sequence) {
                    problem("expected any scalar, got " + GoText.of(value));
                }
            }
        }
    }

    private void list(Type.ListOf type, Value value) {
        if (value.isNull()) return;
        if (!(value instanceof Sequence items)) {
            problem("expected list, got " + GoText.of(value));
            return;
        }
        var seen = new LinkedHashSet<PathElement>();
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            @Nullable PathElement step = type.isAtomic() ? new PathElement.Index(i) : ListItems.step(type, item);
            if (step == null) {
                problem("element " + i + ": " + ListItems.problem(type, item));
                return;
            }
            if (!type.isAtomic() && !seen.add(step) && duplicates == Duplicates.REFUSED) {
                problem("duplicate entries for key " + step);
            }
            below(step, type.items(), item);
        }
    }

    private void map(Type.MapOf type, Value value) {
        if (value.isNull()) return;
        if (!(value instanceof Mapping fields)) {
            problem("expected map, got " + GoText.of(value));
            return;
        }
        @Nullable String unknown = null;
        for (int i = 0; i < fields.size(); i++) {
            var key = fields.keyAt(i);
            var declared = type.field(key);
            var inner = declared == null ? type.others() : declared.type();
            if (inner == null) unknown = unknown == null || key.compareTo(unknown) < 0 ? key : unknown;
            else below(declared == null ? new PathElement.Field(key) : declared.step(), inner, fields.valueAt(i));
        }
        if (unknown == null) return;
        path.addLast(new PathElement.Field(unknown));
        problem("field not declared in schema");
        path.removeLast();
    }

    private void below(PathElement step, Type type, Value value) {
        path.addLast(step);
        value(type, value);
        path.removeLast();
    }

    private void problem(String words) {
        var text = new StringBuilder();
        for (var step : path) text.append(step);
        problems.add(text.append(": ").append(words).toString());
    }
}
