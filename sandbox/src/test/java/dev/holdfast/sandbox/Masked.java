package dev.holdfast.sandbox;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Compares two answers, leaving out what differs between any two servers: uids, versions, times, generated names,
/// addresses. Such a field must still be there, or not, in both.
final class Masked {

    private static final Set<String> RANDOM = Set.of(
            "uid",
            "resourceVersion",
            "creationTimestamp",
            "deletionTimestamp",
            "time",
            "lastUpdateTime",
            "lastTransitionTime",
            "continue",
            "clusterIP",
            "clusterIPs",
            "storageVersionHash",
            "remainingItemCount");
    /// Columns of tables are described in our own words.
    private static final Set<String> OWN_WORDS = Set.of("description");
    private static final Pattern UID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern RECORD = Pattern.compile("(in record \\(|current: |resource version: )\\d+");
    private static final Pattern AGE = Pattern.compile("\\d+[smhd]");
    private static final Pattern GENERATED = Pattern.compile("g-[a-z0-9]{5}");
    private static final Pattern REPLICA_SET = Pattern.compile("d(?:-re)?-[a-z0-9]{8,10}");

    private Masked() {}

    static List<String> differences(Value expected, Value actual) {
        var found = new ArrayList<String>();
        compare("", expected, actual, found);
        return found;
    }

    private static void compare(String path, Value expected, @Nullable Value actual, List<String> found) {
        switch (expected) {
            case Mapping mapping
            when actual instanceof Mapping other -> {
                for (var field : mapping) {
                    var theirs = other.get(field.key());
                    var at = path + "." + field.key();
                    if (theirs == null) found.add(at + ": missing, expected " + cut(field.value()));
                    else if (field.key().equals("causes")) compare(at, sorted(field.value()), sorted(theirs), found);
                    else if (RANDOM.contains(field.key())) randomOnes(at, field.value(), theirs, found);
                    else if (!OWN_WORDS.contains(field.key())) compare(at, field.value(), theirs, found);
                }
                for (var field : other) {
                    if (!mapping.has(field.key()))
                        found.add(path + "." + field.key() + ": extra " + cut(field.value()));
                }
            }
            case Sequence list
            when actual instanceof Sequence other -> {
                if (list.size() != other.size()) {
                    found.add(path + ": " + other.size() + " items, expected " + list.size() + ": " + cut(other) + " / "
                            + cut(list));
                    return;
                }
                for (int i = 0; i < list.size(); i++) compare(path + "[" + i + "]", list.get(i), other.get(i), found);
            }
            case Value.Text(var text, var _)
            when actual instanceof Value.Text(var other, var _) -> {
                if (!mask(text).equals(mask(other))) found.add(path + ": '" + other + "', expected '" + text + "'");
            }
            default -> {
                if (!expected.equals(actual)) found.add(path + ": " + actual + ", expected " + expected);
            }
        }
    }

    private static void randomOnes(String at, Value expected, Value actual, List<String> found) {
        if (!expected.typeName().equals(actual.typeName())) {
            found.add(at + ": a " + actual.typeName() + ", expected a " + expected.typeName());
        }
    }

    private static String mask(String text) {
        var masked = UID.matcher(text).replaceAll("<uid>");
        masked = RECORD.matcher(masked).replaceAll("$1<version>");
        masked = GENERATED.matcher(masked).replaceAll("<generated>");
        masked = REPLICA_SET.matcher(masked).replaceAll("<replicaset>");
        if (AGE.matcher(masked).matches()) return "<age>";
        // the recorded control plane ran as one program of this name
        masked = sortedSentences(masked);
        return masked.equals("kube-controller-manager") || masked.equals("kube-apiserver") ? "kube" : masked;
    }

    /// Schemas of custom resources are walked in no order that means anything.
    private static Value sorted(Value causes) {
        if (!(causes instanceof Sequence list)) return causes;
        return Sequence.of(list.items().stream()
                .sorted((left, right) -> left.toString().compareTo(right.toString()))
                .toList());
    }

    private static String sortedSentences(String text) {
        int start = text.indexOf(" is invalid: [");
        if (start < 0 || !text.endsWith("]")) return text;
        var sentences = text.substring(start + 14, text.length() - 1).split(", (?=[a-z<][a-zA-Z0-9.\\[\\]<>]*: )");
        java.util.Arrays.sort(sentences);
        return text.substring(0, start) + String.join(", ", sentences);
    }

    private static String cut(Value value) {
        var text = value.toString();
        return text.length() > 160 ? text.substring(0, 160) + "…" : text;
    }
}
