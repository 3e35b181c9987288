package dev.holdfast.fields;

import dev.holdfast.model.Value;
import org.jspecify.annotations.Nullable;

/// A declared field of a struct.
///
/// `step` is the field as a path element, made once. `nullable`: an explicit null is kept. `preset` is what a
/// missing key of a list item counts as (and, for custom resources, the default). `blank` is what the API server
/// prints where the field was never set: it prints embedded structs as `{}`, and some lists as null. Both are null
/// where there is no such thing. `patch` is how a strategic merge patch treats the field.
public record StructField(
        PathElement.Field step,
        Type type,
        boolean required,
        boolean nullable,
        @Nullable Value preset,
        @Nullable Value blank,
        MergeStrategy patch) {

    public static StructField of(String name, Type type) {
        return new StructField(new PathElement.Field(name), type, false, false, null, null, MergeStrategy.NONE);
    }

    public static StructField required(String name, Type type) {
        return of(name, type).asRequired();
    }

    public String name() {
        return step.name();
    }

    public StructField asRequired() {
        return new StructField(step, type, true, nullable, preset, blank, patch);
    }

    public StructField asNullable() {
        return new StructField(step, type, required, true, preset, blank, patch);
    }

    public StructField withPreset(@Nullable Value value) {
        return new StructField(step, type, required, nullable, value, blank, patch);
    }

    public StructField withBlank(@Nullable Value value) {
        return new StructField(step, type, required, nullable, preset, value, patch);
    }

    public StructField with(MergeStrategy strategy) {
        return new StructField(step, type, required, nullable, preset, blank, strategy);
    }
}
