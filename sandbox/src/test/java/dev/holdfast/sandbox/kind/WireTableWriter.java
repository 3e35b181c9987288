package dev.holdfast.sandbox.kind;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Prints `wire.txt` from the `.proto` files of Kubernetes, in whose folder (`api`, `apimachinery`,
/// `apiextensions-apiserver`, `kube-aggregator` of one release) it is started: the numbers of the fields of the types
/// in `shapes.txt`, nothing else of them.
public final class WireTableWriter {

    private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");
    private static final Pattern MESSAGE = Pattern.compile("message (\\w+) \\{");
    private static final Pattern FIELD =
            Pattern.compile("\\s*(?:optional |repeated )?(map<string, [\\w.]+>|[\\w.]+) (\\w+) = (\\d+);");

    private record Field(int number, String name, String type) {}

    private final Map<String, List<Field>> messages = new TreeMap<>();
    private final Map<String, String> lines = new TreeMap<>();

    private WireTableWriter() {}

    public static void main(String[] arguments) throws IOException {
        var writer = new WireTableWriter();
        try (var files = Files.walk(Path.of(arguments[0]))) {
            for (var file :
                    files.filter(file -> file.endsWith("generated.proto")).toList()) writer.read(file);
        }
        for (var type : new TreeSet<>(Shapes.BUILT_IN.names())) {
            if (writer.messages.containsKey(type)) writer.line(type, new Shape.Struct(type));
        }
        writer.lines.values().forEach(System.out::println);
    }

    private void read(Path file) throws IOException {
        var prefix = "";
        var fields = new ArrayList<Field>();
        for (var line : Files.readAllLines(file)) {
            var named = PACKAGE.matcher(line);
            if (named.matches()) prefix = shortened(named.group(1));
            var message = MESSAGE.matcher(line);
            if (message.matches()) {
                fields = new ArrayList<>();
                messages.put(prefix + "." + message.group(1), fields);
            }
            var field = FIELD.matcher(line);
            if (!field.matches()) continue;
            var type = field.group(1).startsWith(".")
                    ? shortened(field.group(1).substring(1))
                    : prefix + "." + field.group(1);
            fields.add(new Field(Integer.parseInt(field.group(3)), field.group(2), type));
        }
    }

    /// `k8s.io.api.apps.v1` is `apps.v1`.
    private static String shortened(String name) {
        return name.replaceFirst("^k8s\\.io\\.(api|[\\w]+\\.pkg\\.apis|[\\w]+\\.pkg)\\.", "");
    }

    /// A field that the shape does not have is a part whose fields are written with the others.
    private void line(String type, Shape.Struct shape) {
        var known = new LinkedHashMap<>(Shapes.BUILT_IN.byName(shape));
        var words = new ArrayList<String>();
        words.add(type);
        for (var field : messages.getOrDefault(type, List.of())) {
            var name = json(field.name(), known);
            if (known.containsKey(name)) words.add(field.number() + "=" + name);
            else if (shares(field.type(), known)) {
                words.add(field.number() + "=~" + field.type());
                line(field.type(), shape);
            }
        }
        lines.put(type, String.join(" ", words));
    }

    /// Whether a message is such a part, and no field of a newer release.
    private boolean shares(String type, Map<String, Shape.Field> known) {
        return messages.getOrDefault(type, List.of()).stream()
                .anyMatch(field -> known.containsKey(json(field.name(), known))
                        || !field.type().equals(type) && shares(field.type(), known));
    }

    private static String json(String name, Map<String, Shape.Field> known) {
        if (known.containsKey(name)) return name;
        if (known.containsKey("$" + name)) return "$" + name;
        var dashed = name.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
        if (known.containsKey(dashed)) return dashed;
        for (var other : known.keySet()) if (other.equalsIgnoreCase(name)) return other;
        return name;
    }
}
