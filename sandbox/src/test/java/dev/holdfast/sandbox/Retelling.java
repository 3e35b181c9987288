package dev.holdfast.sandbox;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.yaml.JsonReader;
import dev.holdfast.yaml.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The recorded exchanges told otherwise. What a server must answer to them follows from the recording but does not
/// stand in it, so nobody can have learnt it by heart.
final class Retelling {

    enum Way {
        AS_RECORDED,
        /// Other objects, namespaces, managers, kinds and groups.
        RENAMED,
        /// The keys of every map that is sent in another order.
        PERMUTED,
        RENAMED_AND_PERMUTED,
        /// Other values in fields that clients set freely.
        CHANGED
    }

    /// Names that stand for themselves wherever they occur.
    private static final List<Map.Entry<String, String>> KINDS = List.of(
            Map.entry("rec.example.com", "fleet.example.org"),
            Map.entry("boats", "rafts"),
            Map.entry("boat", "raft"),
            Map.entry("Boat", "Raft"));

    /// Behind a name, so that what is sorted stays in its order.
    private static final String SUFFIX = "-re";

    private static final Set<String> KEPT = Set.of("kube-system", "Bad_Name", "");
    private static final Pattern QUOTED = Pattern.compile("(?<!User )(?<!key )(?<=[A-Za-z] )\"([^\"]*)\"");
    private static final Pattern IN_BRACKETS = Pattern.compile("\\(([a-z]+)\\)");
    private static final Pattern BEFORE_KIND = Pattern.compile("\\(([a-z0-9]*)/([a-z0-9]+);");
    private static final Pattern OF_NAMESPACE = Pattern.compile("(namespace )([a-z0-9]+)( (?:because|is))");
    private static final Pattern OF_MANAGER = Pattern.compile("(conflicts? with )\"([^\"]*)\"");
    private static final Pattern MANAGER = Pattern.compile("(fieldManager=)([a-zA-Z-]+)");
    private static final Pattern OF_LABEL = Pattern.compile("(\"app\":\"[a-z]+)\"");
    private static final Set<String> LABELS = Set.of("labels", "matchLabels", "selector");
    private static final Pattern SELECTED = Pattern.compile("(metadata\\.name%3D)([a-z0-9]+)");
    private static final Pattern YAML_NAME = Pattern.compile("(name: )([a-z0-9]+)(?=[}\n])");

    private final Way way;
    private final Set<String> names = new HashSet<>();
    private final Set<String> managers = new HashSet<>();
    private final ReplayChanges allChanges;
    private ReplayChanges changes;

    Retelling(Way way, List<String> lines) {
        this.way = way;
        allChanges = way == Way.CHANGED ? ReplayChanges.listed() : new ReplayChanges(List.of());
        changes = allChanges;
        managers.add("Python-urllib");
        names.add("rec");
        for (var line : lines) {
            var request = read(line).mapping("request");
            learn(request.text("path").orElse(""));
            if (request.get("body") instanceof Mapping body)
                body.text("metadata", "name").ifPresent(names::add);
            if (request.get("body") instanceof Value.Text(var text, var _)
                    && text.startsWith("{\"")
                    && text.endsWith("}")) {
                read(text).text("metadata", "name").ifPresent(names::add);
            }
        }
        names.removeAll(KEPT);
        // a boolean in YAML, and a kind of its own in a test of that
        names.remove("y");
    }

    private void learn(String path) {
        var managing = MANAGER.matcher(path);
        while (managing.find()) if (managing.group(2).length() < 100) managers.add(managing.group(2));
        int start = path.indexOf("/namespaces/");
        if (start < 0) return;
        var steps = path.substring(start + 1).split("[?]")[0].split("/");
        names.add(steps[1]);
        if (steps.length > 3) names.add(steps[3]);
    }

    private static Mapping read(String json) {
        return JsonReader.readObject(json.getBytes(StandardCharsets.UTF_8));
    }

    private boolean renames() {
        return way == Way.RENAMED || way == Way.RENAMED_AND_PERMUTED;
    }

    private boolean permutes() {
        return way == Way.PERMUTED || way == Way.RENAMED_AND_PERMUTED;
    }

    /// How a client calls itself.
    String agent() {
        return (renames() ? "Python-urllib" + SUFFIX : "Python-urllib") + "/3.12";
    }

    Mapping exchange(String line) {
        var text = line;
        if (renames()) for (var kind : KINDS) text = text.replace(kind.getKey(), kind.getValue());
        var exchange = read(text);
        changes = allChanges.of(exchange.text("scenario").orElse(""));
        return exchange;
    }

    String path(String path) {
        if (!renames()) return path;
        int query = path.indexOf('?');
        var place = query < 0 ? path : path.substring(0, query);
        var rest = query < 0 ? "" : path.substring(query);
        int start = place.indexOf("/namespaces/");
        if (start >= 0) {
            var steps = place.substring(start + 1).split("/");
            steps[1] = name(steps[1]);
            if (steps.length > 3) steps[3] = name(steps[3]);
            place = place.substring(0, start) + "/" + String.join("/", steps);
        }
        rest = replaced(MANAGER, rest, found -> found.group(1) + manager(found.group(2)));
        return place + replaced(SELECTED, rest, found -> found.group(1) + name(found.group(2)));
    }

    /// What is sent or expected; texts that are bodies in YAML included.
    Value body(Value body) {
        return body instanceof Value.Text(var text, var _)
                ? Value.of(yaml(text))
                : permutes() ? permuted(value(body, "", "")) : value(body, "", "");
    }

    Value answer(Value answer) {
        return answer instanceof Value.Text ? answer : value(answer, "", "");
    }

    private String yaml(String text) {
        if (text.startsWith("{\"") && text.endsWith("}")) {
            return JsonWriter.text(body(read(text)));
        }
        if (way == Way.CHANGED) return changes.anywhere(text.replaceAll("(b|a): \"(\\d)\"", "$1: \"$2x\""));
        return renames() ? replaced(YAML_NAME, text, found -> found.group(1) + name(found.group(2))) : text;
    }

    private static String replaced(Pattern pattern, String text, Function<Matcher, String> other) {
        var matcher = pattern.matcher(text);
        var result = new StringBuilder();
        while (matcher.find()) matcher.appendReplacement(result, Matcher.quoteReplacement(other.apply(matcher)));
        return matcher.appendTail(result).toString();
    }

    private String name(String name) {
        return names.contains(name) ? name + SUFFIX : name;
    }

    private String manager(String name) {
        return managers.contains(name) ? name + SUFFIX : name;
    }

    private static Value permuted(Value value) {
        return switch (value) {
            case Mapping map -> {
                var other = Mapping.builder();
                for (var field : map.fields().reversed()) other.put(field.key(), permuted(field.value()));
                yield other.build();
            }
            case Sequence list -> list.map(Retelling::permuted);
            case Value.Null _, Value.Bool _, Value.Whole _, Value.Real _, Value.Text _ -> value;
        };
    }

    private Value value(Value value, String key, String parent) {
        return switch (value) {
            case Mapping map -> map(map, key);
            case Sequence list
            when key.equals("cells") && renames() && !list.isEmpty() -> {
                var cells = new ArrayList<>(list.items());
                cells.set(0, Value.of(name(cells.getFirst().toString())));
                yield Sequence.of(cells);
            }
            case Sequence list -> list.map(item -> value(item, key, parent));
            case Value.Text(var text, var _) -> Value.of(text(text, key, parent));
            case Value.Whole number -> changes.number(number, key, parent);
            case Value.Bool flag -> changes.flag(flag, key, parent);
            case Value.Null _, Value.Real _ -> value;
        };
    }

    private Mapping map(Mapping map, String key) {
        boolean secret = map.text("kind").orElse("").equals("Secret");
        var other = Mapping.builder();
        for (var field : map) {
            boolean encoded = secret && field.key().equals("data");
            var inner = encoded ? secrets(field.value()) : value(field.value(), field.key(), key);
            other.put(changes.anywhere(field.key()), inner);
        }
        return other.build();
    }

    private Value secrets(Value data) {
        if (way != Way.CHANGED || !(data instanceof Mapping entries)) return data;
        return entries.map((_, value) -> {
            var plain = new String(Base64.getDecoder().decode(value.toString()), StandardCharsets.UTF_8);
            return Value.of(Base64.getEncoder().encodeToString((plain + "x").getBytes(StandardCharsets.UTF_8)));
        });
    }

    private String text(String text, String key, String parent) {
        if (way == Way.CHANGED) return changes.text(changed(text, key, parent), key, parent);
        if (!renames()) return text;
        return switch (key) {
            case "name" -> List.of("metadata", "details").contains(parent) ? name(text) : text;
            case "namespace", "kubernetes.io/metadata.name" -> name(text);
            case "manager" -> manager(text);
            case "message" -> message(text);
            default -> text;
        };
    }

    private static String changed(String text, String key, String parent) {
        if (key.equals("message")) return replaced(OF_LABEL, text, found -> found.group(1) + "x\"");
        if (key.equals("app") && LABELS.contains(parent)) return text + "x";
        if (key.equals("selector") && text.startsWith("app=")) return text + "x";
        if (key.equals("value") && parent.equals("env")) return text + "x";
        if (parent.equals("data") || parent.equals("stringData")) return text.isEmpty() ? text : text + "x";
        if (key.equals("image")) return "x" + text;
        boolean free = key.equals("rank") && text.equals("cook") || parent.equals("annotations") && key.equals("m");
        return free ? text + "x" : text;
    }

    private String message(String message) {
        var told = replaced(OF_MANAGER, message, found -> found.group(1) + '"' + manager(found.group(2)) + '"');
        if (told.equals(message)) told = replaced(QUOTED, told, found -> '"' + name(found.group(1)) + '"');
        told = replaced(IN_BRACKETS, told, found -> '(' + name(found.group(1)) + ')');
        told = replaced(BEFORE_KIND, told, found -> '(' + name(found.group(1)) + '/' + name(found.group(2)) + ';');
        return replaced(OF_NAMESPACE, told, found -> found.group(1) + name(found.group(2)) + found.group(3));
    }
}
