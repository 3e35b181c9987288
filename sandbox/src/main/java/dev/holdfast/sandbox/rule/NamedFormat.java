package dev.holdfast.sandbox.rule;

import dev.holdfast.sandbox.kind.Names;
import java.net.URI;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/// A format that texts can be checked against by name, as `format.dns1123Label().validate(self.name)` does.
record NamedFormat(String name, Function<String, List<String>> problems) {

    private static final Pattern UUID =
            Pattern.compile("(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}");

    static final Map<String, NamedFormat> ALL = all();

    private static Map<String, NamedFormat> all() {
        var all = new TreeMap<String, NamedFormat>();
        Consumer<NamedFormat> add = format -> all.put(format.name(), format);
        add.accept(new NamedFormat("dns1123Label", Names::label));
        add.accept(new NamedFormat("dns1123Subdomain", Names::subdomain));
        add.accept(new NamedFormat("dns1035Label", Names::oldLabel));
        add.accept(new NamedFormat("dns1123LabelPrefix", text -> Names.label(asPrefix(text))));
        add.accept(new NamedFormat("dns1123SubdomainPrefix", text -> Names.subdomain(asPrefix(text))));
        add.accept(new NamedFormat("dns1035LabelPrefix", text -> Names.oldLabel(asPrefix(text))));
        add.accept(new NamedFormat("qualifiedName", Names::qualified));
        add.accept(new NamedFormat("labelValue", Names::labelValue));
        add.accept(of("uri", "must be a valid URI", text -> URI.create(text).toString()));
        add.accept(new NamedFormat(
                "uuid",
                text -> UUID.matcher(text).matches() ? List.of() : List.of("does not match the UUID format")));
        add.accept(of("byte", "invalid base64", text -> Base64.getDecoder().decode(text)));
        add.accept(of("date", "invalid date", LocalDate::parse));
        add.accept(of("datetime", "invalid datetime", OffsetDateTime::parse));
        return all;
    }

    private static String asPrefix(String text) {
        return text.length() > 1 && text.endsWith("-") ? text.substring(0, text.length() - 1) + "a" : text;
    }

    private static NamedFormat of(String name, String complaint, Function<String, Object> parse) {
        return new NamedFormat(name, text -> {
            try {
                boolean parsed = parse.apply(text) != null;
                return parsed ? List.of() : List.of(complaint);
            } catch (RuntimeException _) {
                return List.of(complaint);
            }
        });
    }

    /// Empty when the text is of the format.
    Optional<List<String>> validate(String text) {
        var found = problems.apply(text);
        return found.isEmpty() ? Optional.empty() : Optional.of(found);
    }
}
