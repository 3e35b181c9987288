package dev.holdfast.render.kustomize.resource;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.holdfast.model.Origin;
import dev.holdfast.render.kustomize.tree.Node;
import dev.holdfast.render.kustomize.tree.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A label selector as kubectl takes it: `app=web,tier!=db,env in (a, b),!old,gen>3`.
public final class LabelQuery {

    private static final String WORD = "[^\\s,()=!<>]+";
    private static final Pattern LISTED = Pattern.compile("^(" + WORD + ")\\s+(in|notin)\\s*\\(([^()]*)\\)$");
    private static final Pattern COMPARED = Pattern.compile("^(" + WORD + ")\\s*(==|=|!=|>|<)\\s*(" + WORD + ")?$");
    private static final Pattern PRESENT = Pattern.compile("^(!?)\\s*(" + WORD + ")$");

    private interface Requirement {
        boolean holds(@Nullable String value);
    }

    private record Term(String key, Requirement requirement) {}

    private final List<Term> terms = new ArrayList<>();

    private LabelQuery() {}

    /// An empty query matches everything.
    /// @throws dev.holdfast.model.FaultException where it is malformed
    public static LabelQuery parse(String text, Origin place) {
        var query = new LabelQuery();
        if (text.isBlank()) return query;
        for (var part : parts(text)) {
            var term = term(part.strip());
            if (term == null) {
                throw Refusal.at(place, "unable to parse requirement '" + part.strip() + "' of the selector '" + text + "'");
            }
            query.terms.add(term);
        }
        return query;
    }

    /// Cut at commas outside of parentheses.
    private static List<String> parts(String text) {
        var parts = new ArrayList<String>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '(') depth++;
            else if (c == ')') depth--;
            else if (c == ',' && depth == 0) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static @Nullable Term term(String part) {
        var listed = LISTED.matcher(part);
        if (listed.find()) return listed(listed);
        var compared = COMPARED.matcher(part);
        if (compared.find()) return compared(compared);
        var present = PRESENT.matcher(part);
        if (!present.find()) return null;
        boolean wanted = present.group(1).isEmpty();
        return new Term(present.group(2), value -> (value != null) == wanted);
    }

    private static Term listed(Matcher listed) {
        var values = Arrays.stream(listed.group(3).split(",", -1)).map(String::strip).toList();
        boolean in = listed.group(2).equals("in");
        return new Term(
                listed.group(1), value -> in ? value != null && values.contains(value) : !values.contains(orEmpty(value)) || value == null);
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static @Nullable Term compared(Matcher compared) {
        var right = compared.group(3) == null ? "" : compared.group(3);
        return switch (compared.group(2)) {
            case "=", "==" -> new Term(compared.group(1), right::equals);
            case "!=" -> new Term(compared.group(1), value -> !right.equals(value));
            default -> {
                boolean more = compared.group(2).equals(">");
                var limit = number(right);
                yield limit == null ? null : new Term(compared.group(1), value -> beyond(value, limit, more ? 1 : -1));
            }
        };
    }

    private static boolean beyond(@Nullable String value, long limit, int sign) {
        var number = value == null ? null : number(value);
        return number != null && Long.compare(number, limit) == sign;
    }

    private static @Nullable Long number(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException noNumber) {
            return null;
        }
    }

    boolean matches(Map<String, Node> labels) {
        for (var term : terms) {
            var value = labels.get(term.key());
            if (!term.requirement().holds(value == null ? null : value.text())) return false;
        }
        return true;
    }
}
