package dev.holdfast.sandbox.kind;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Value;
import java.util.LinkedHashSet;
import java.util.List;

/// One field that is wrong, as a Status names it among its causes: `FieldValueInvalid`, `spec.replicas`, and
/// `Invalid value: -1: must be greater than or equal to 0`.
public record FieldError(Reason reason, String field, String message) {

    /// Why, with the word that starts the message.
    public enum Reason {
        NOT_FOUND("FieldValueNotFound", "Not found"),
        REQUIRED("FieldValueRequired", "Required value"),
        DUPLICATE("FieldValueDuplicate", "Duplicate value"),
        INVALID("FieldValueInvalid", "Invalid value"),
        NOT_SUPPORTED("FieldValueNotSupported", "Unsupported value"),
        FORBIDDEN("FieldValueForbidden", "Forbidden"),
        TOO_LONG("FieldValueTooLong", "Too long"),
        TOO_MANY("FieldValueTooMany", "Too many"),
        TYPE_INVALID("FieldValueTypeInvalid", "Invalid value");

        private final String word;
        private final String opening;

        Reason(String word, String opening) {
            this.word = word;
            this.opening = opening;
        }

        /// As a Status writes it.
        public String word() {
            return word;
        }

        String opening() {
            return opening;
        }

        /// An error that doesn't show the value.
        public FieldError at(String field, String detail) {
            return new FieldError(this, field, detail.isEmpty() ? opening : opening + ": " + detail);
        }

        public FieldError at(String field, Value value, String detail) {
            return at(field, detail.isEmpty() ? Problems.shown(value) : Problems.shown(value) + ": " + detail);
        }
    }

    /// `spec.replicas: Invalid value: …`.
    public String sentence() {
        return field + ": " + message;
    }

    /// The message of the Status: all errors, equal ones once, in brackets when there are several.
    public static String message(Gvk gvk, String name, List<FieldError> errors) {
        var sentences = new LinkedHashSet<String>();
        for (var error : errors) sentences.add(error.sentence());
        var all = sentences.size() == 1 ? sentences.getFirst() : "[" + String.join(", ", sentences) + "]";
        var kind = gvk.group().isEmpty() ? gvk.kind() : gvk.kind() + "." + gvk.group();
        return kind + " " + Problems.quoted(name) + " is invalid: " + all;
    }
}
