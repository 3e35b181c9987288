package dev.holdfast.sandbox.request;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.answer.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which values fields must have (`metadata.name=x,status.phase!=Running`). Each kind knows few fields.
public record FieldSelector(List<Requirement> requirements) {

    public static final FieldSelector EVERYTHING = new FieldSelector(List.of());

    public record Requirement(String field, boolean equal, String value) {}

    public FieldSelector {
        requirements = List.copyOf(requirements);
    }

    public static FieldSelector parse(String text) {
        if (text.isEmpty()) return EVERYTHING;
        var requirements = new ArrayList<Requirement>();
        for (var term : split(text)) {
            if (term.isEmpty()) continue;
            int unequal = term.indexOf("!=");
            int equal = term.indexOf('=');
            if (unequal > 0) {
                requirements.add(
                        new Requirement(term.substring(0, unequal), false, plain(term.substring(unequal + 2))));
            } else if (equal > 0) {
                int skipped = term.startsWith("==", equal) ? 2 : 1;
                requirements.add(
                        new Requirement(term.substring(0, equal), true, plain(term.substring(equal + skipped))));
            } else {
                throw Refusal.badRequest("invalid selector: '" + term + "'; can't understand '" + term + "'");
            }
        }
        return new FieldSelector(requirements);
    }

    /// Refuses fields that the kind does not know; `%s` in the complaint is the field.
    public void check(List<String> known, String complaint) {
        for (var requirement : requirements) {
            if (!known.contains(requirement.field())) {
                throw Refusal.badRequest(complaint.formatted(requirement.field()));
            }
        }
    }

    public boolean matches(Mapping object) {
        for (var requirement : requirements) {
            var found = written(object.at(requirement.field().split("\\.")));
            if (found.equals(requirement.value()) != requirement.equal()) return false;
        }
        return true;
    }

    /// The one name that can match, where there is one.
    public Optional<String> name() {
        return requirements.stream()
                .filter(requirement ->
                        requirement.equal() && requirement.field().equals("metadata.name"))
                .map(Requirement::value)
                .findFirst();
    }

    public boolean everything() {
        return requirements.isEmpty();
    }

    /// Whether only names and namespaces are asked for, which an item knows without its tree.
    public boolean onlyPlace() {
        return requirements.stream()
                .allMatch(requirement -> requirement.field().equals("metadata.name")
                        || requirement.field().equals("metadata.namespace"));
    }

    public boolean matchesPlace(String namespace, String name) {
        for (var requirement : requirements) {
            var found = requirement.field().equals("metadata.name") ? name : namespace;
            if (found.equals(requirement.value()) != requirement.equal()) return false;
        }
        return true;
    }

    private static String written(@org.jspecify.annotations.Nullable Value value) {
        return switch (value) {
            case Value.Text(var text, var _) -> text;
            case Value.Bool(var truth, var _) -> Boolean.toString(truth);
            case Value.Whole(var number, var _) -> Long.toString(number);
            case null, default -> "";
        };
    }

    /// At commas that no backslash precedes.
    private static List<String> split(String text) {
        var terms = new ArrayList<String>();
        var term = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                term.append(c).append(text.charAt(++i));
            } else if (c == ',') {
                terms.add(term.toString());
                term.setLength(0);
            } else {
                term.append(c);
            }
        }
        terms.add(term.toString());
        return terms;
    }

    private static String plain(String text) {
        return text.replace("\\,", ",").replace("\\=", "=").replace("\\\\", "\\");
    }
}
