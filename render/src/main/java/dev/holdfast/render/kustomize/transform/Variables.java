package dev.holdfast.render.kustomize.transform;

import com.google.re2j.Pattern;
import dev.holdfast.render.kustomize.config.FieldSpec;
import dev.holdfast.render.kustomize.resource.ResourceList;
import dev.holdfast.render.kustomize.tree.Node;
import dev.holdfast.render.kustomize.tree.Paths;
import dev.holdfast.render.kustomize.tree.Refusal;
import dev.holdfast.yaml.Meaning;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Puts the values of `vars` where `$(NAME)` stands, in the fields that are configured for it. `$$` is a dollar.
public final class Variables implements Transformer {

    private static final Pattern INDEXED = Pattern.compile("^(.*)\\[(\\d+)\\]$");

    private final Collection<Variable> variables;
    private final List<FieldSpec> fields;

    public Variables(Collection<Variable> variables, List<FieldSpec> fields) {
        this.variables = variables;
        this.fields = fields;
    }

    @Override
    public void transform(ResourceList list) {
        var values = new TreeMap<String, Node>();
        for (var variable : variables) values.put(variable.name(), value(variable, list));
        if (values.isEmpty()) return;
        for (var resource : list.all()) {
            for (var field : fields) field.visit(resource, null, node -> replace(node, values));
        }
        list.forgetIds();
    }

    private static Node value(Variable variable, ResourceList list) {
        for (var resource : list.all()) {
            if (!resource.referringVariables().contains(variable.name())) continue;
            var found = Paths.lookup(resource.node(), path(variable.fieldPath()));
            if (found != null) return found.copy();
            throw Refusal.at(
                    variable.origin(),
                    "field specified in var '" + shown(variable) + "' not found in corresponding resource");
        }
        throw Refusal.at(
                variable.origin(),
                "var '" + shown(variable) + "' cannot be mapped to a field in the set of known resources");
    }

    private static String shown(Variable variable) {
        return variable.name() + " {" + variable.object() + " " + variable.fieldPath() + "}";
    }

    /// `containers[0]` is two steps.
    private static List<String> path(String written) {
        var path = new ArrayList<String>();
        for (var part : Paths.splitFieldPath(written)) {
            var indexed = INDEXED.matcher(part);
            if (!indexed.find()) {
                path.add(part);
                continue;
            }
            if (!indexed.group(1).isEmpty()) path.add(indexed.group(1));
            path.add(indexed.group(2));
        }
        return path;
    }

    private static void replace(Node node, Map<String, Node> values) {
        if (node.isNull()) return;
        switch (node.kind()) {
            case SCALAR -> {
                if (node.isText()) replaceText(node, values);
            }
            case MAPPING -> {
                for (var value : node.content()) if (value.isText()) replaceText(value, values);
            }
            case SEQUENCE -> {
                for (var item : node.content()) {
                    if (!item.isText()) throw Refusal.at(item.origin(), "invalid value type expect a string");
                    replaceText(item, values);
                }
            }
        }
    }

    private static void replaceText(Node node, Map<String, Node> values) {
        var text = node.text();
        var whole = whole(text, values);
        var origin = node.origin();
        if (whole == null) {
            var replaced = text.indexOf('$') < 0 ? text : replaced(text, values);
            if (!replaced.equals(text)) origin = origin.through("vars");
            node.setScalar(Meaning.STRING, replaced, origin);
            return;
        }
        var tag = switch (whole.tag()) {
            case Meaning.INTEGER, Meaning.BOOLEAN, Meaning.FLOAT -> whole.tag();
            default -> Meaning.STRING;
        };
        node.setScalar(tag, whole.text(), whole.origin().through("vars"));
    }

    /// The value where the text is one variable and nothing else: it keeps its type.
    private static @Nullable Node whole(String text, Map<String, Node> values) {
        if (!text.startsWith("$(") || text.indexOf(')') != text.length() - 1) return null;
        var value = values.get(text.substring(2, text.length() - 1));
        return value == null || !value.isScalar() ? null : value;
    }

    private static String replaced(String text, Map<String, Node> values) {
        var made = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != '$' || at + 1 == text.length()) {
                made.append(c);
                at++;
                continue;
            }
            char next = text.charAt(at + 1);
            int end = next == '(' ? text.indexOf(')', at + 2) : -1;
            if (next == '$') {
                made.append('$');
                at += 2;
            } else if (end >= 0) {
                var value = values.get(text.substring(at + 2, end));
                if (value != null && value.isScalar()) made.append(value.text());
                else made.append(text, at, end + 1);
                at = end + 1;
            } else {
                made.append('$').append(next);
                at += 2;
            }
        }
        return made.toString();
    }
}
