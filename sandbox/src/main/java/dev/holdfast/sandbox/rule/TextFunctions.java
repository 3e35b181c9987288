package dev.holdfast.sandbox.rule;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.DOUBLE;
import static dev.cel.common.types.SimpleType.DURATION;
import static dev.cel.common.types.SimpleType.INT;
import static dev.cel.common.types.SimpleType.STRING;
import static dev.holdfast.sandbox.rule.OwnTypes.URL;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.TypeParamType;
import dev.cel.runtime.CelEvaluationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lists, regular expressions and URLs in rules, as Kubernetes' libraries of these names have them.
final class TextFunctions {

    private static final CelType ITEM = TypeParamType.create("T");
    private static final CelType ITEMS = ListType.create(ITEM);

    private TextFunctions() {}

    static void addTo(Functions functions) {
        lists(functions);
        patterns(functions);
        urls(functions);
    }

    private static void lists(Functions functions) {
        functions
                .method("isSorted", BOOL, values -> sorted(list(values.getFirst())), ITEMS)
                .method("min", ITEM, values -> extreme(list(values.getFirst()), order()), ITEMS)
                .method("max", ITEM, values -> extreme(list(values.getFirst()), order().reversed()), ITEMS)
                .method("indexOf", INT, values -> (long) list(values.getFirst()).indexOf(values.get(1)), ITEMS, ITEM)
                .method(
                        "lastIndexOf",
                        INT,
                        values -> (long) list(values.getFirst()).lastIndexOf(values.get(1)),
                        ITEMS,
                        ITEM)
                .method("sum", INT, values -> sum(list(values.getFirst())), ListType.create(INT))
                .method(
                        "sum",
                        DOUBLE,
                        values -> list(values.getFirst()).stream()
                                .mapToDouble(item -> ((Number) item).doubleValue())
                                .sum(),
                        ListType.create(DOUBLE))
                .method(
                        "sum",
                        DURATION,
                        values -> list(values.getFirst()).stream()
                                .map(item -> (Duration) item)
                                .reduce(Duration.ZERO, Duration::plus),
                        ListType.create(DURATION));
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object value) {
        return (List<Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static Comparator<Object> order() {
        return (left, right) -> ((Comparable<Object>) left).compareTo(right);
    }

    private static boolean sorted(List<Object> items) {
        for (int i = 1; i < items.size(); i++) {
            if (order().compare(items.get(i - 1), items.get(i)) > 0) return false;
        }
        return true;
    }

    private static Object extreme(List<Object> items, Comparator<Object> order) throws CelEvaluationException {
        if (items.isEmpty()) throw new CelEvaluationException("min called on empty list");
        return Collections.min(items, order);
    }

    private static long sum(List<Object> items) throws CelEvaluationException {
        long sum = 0;
        try {
            for (var item : items) sum = Math.addExact(sum, (Long) item);
        } catch (ArithmeticException _) {
            throw new CelEvaluationException("integer overflow");
        }
        return sum;
    }

    private static void patterns(Functions functions) {
        functions
                .method(
                        "find",
                        STRING,
                        values -> {
                            var found = pattern(values.get(1)).matcher((String) values.getFirst());
                            return found.find() ? found.group() : "";
                        },
                        STRING,
                        STRING)
                .method("findAll", ListType.create(STRING), values -> all(values, -1L), STRING, STRING)
                .method(
                        "findAll",
                        ListType.create(STRING),
                        values -> all(values, (Long) values.get(2)),
                        STRING,
                        STRING,
                        INT);
    }

    private static Pattern pattern(Object text) throws CelEvaluationException {
        try {
            return Pattern.compile((String) text);
        } catch (PatternSyntaxException broken) {
            throw new CelEvaluationException("Illegal regex: " + broken.getMessage());
        }
    }

    private static List<String> all(List<Object> values, long most) throws CelEvaluationException {
        var matcher = pattern(values.get(1)).matcher((String) values.getFirst());
        var all = new ArrayList<String>();
        while ((most < 0 || all.size() < most) && matcher.find()) all.add(matcher.group());
        return all;
    }

    private static void urls(Functions functions) {
        functions
                .function(
                        "isURL", BOOL, values -> url((String) values.getFirst()).isPresent(), STRING)
                .function(
                        "url",
                        URL,
                        values -> url((String) values.getFirst())
                                .orElseThrow(() -> new CelEvaluationException(
                                        "URL parse error during conversion from string: " + values.getFirst())),
                        STRING)
                .method("getScheme", STRING, values -> text(uri(values).getScheme()), URL)
                .method("getHost", STRING, values -> text(host(uri(values))), URL)
                .method("getHostname", STRING, values -> hostname(uri(values)), URL)
                .method("getPort", STRING, values -> port(uri(values)), URL)
                .method("getEscapedPath", STRING, values -> text(uri(values).getRawPath()), URL)
                .method(
                        "getQuery",
                        MapType.create(STRING, ListType.create(STRING)),
                        values -> query(text(uri(values).getRawQuery())),
                        URL);
    }

    /// An absolute URL or an absolute path.
    private static Optional<URI> url(String text) {
        try {
            var parsed = new URI(text);
            boolean absolute = parsed.isAbsolute() || text.startsWith("/");
            return absolute ? Optional.of(parsed) : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    private static URI uri(List<Object> values) {
        return (URI) values.getFirst();
    }

    private static String text(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "" : text;
    }

    private static String host(URI uri) {
        var authority = text(uri.getRawAuthority());
        return authority.substring(authority.lastIndexOf('@') + 1);
    }

    private static String hostname(URI uri) {
        var host = text(uri.getHost());
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static String port(URI uri) {
        return uri.getPort() < 0 ? "" : Integer.toString(uri.getPort());
    }

    private static Map<String, List<String>> query(String raw) {
        var query = new LinkedHashMap<String, List<String>>();
        for (var pair : raw.split("&")) {
            if (pair.isEmpty()) continue;
            int equals = pair.indexOf('=');
            var key = decoded(equals < 0 ? pair : pair.substring(0, equals));
            query.computeIfAbsent(key, _ -> new ArrayList<>())
                    .add(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
