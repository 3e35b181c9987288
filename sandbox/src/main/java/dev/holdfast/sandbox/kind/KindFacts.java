package dev.holdfast.sandbox.kind;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What sets a kind apart in how its objects are written: whether changes are counted, whether status is apart,
/// which fields a write through the one door may not touch, and how its objects may be called.
public record KindFacts(
        boolean hasGeneration,
        boolean hasStatus,
        boolean statusResetOnCreate,
        List<List<String>> fixedInStatus,
        Names names) {

    /// The rule for an object's name.
    public enum Names {
        SUBDOMAIN,
        LABEL,
        SERVICE,
        PATH,
        ADDRESS,
        ANY
    }

    /// Which door a write came through.
    public enum Door {
        MAIN,
        STATUS
    }

    private static final KindFacts PLAIN = new KindFacts(false, false, false, List.of(), Names.SUBDOMAIN);
    private static final Map<String, KindFacts> BUILT_IN = read();

    public KindFacts {
        fixedInStatus = List.copyOf(fixedInStatus);
    }

    private static Map<String, KindFacts> read() {
        var facts = new HashMap<String, KindFacts>();
        for (var line : Resources.lines("kinds.txt")) {
            var words = List.of(line.split(" "));
            boolean status = words.contains("status");
            var fixed = new ArrayList<List<String>>();
            fixed.add(List.of("spec"));
            var names = Names.SUBDOMAIN;
            for (var word : words) {
                if (word.startsWith("also=")) {
                    Arrays.stream(word.substring(5).split(",")).forEach(path -> fixed.add(List.of(path.split("\\."))));
                }
                if (word.startsWith("names="))
                    names = Names.valueOf(word.substring(6).toUpperCase(Locale.ROOT));
            }
            boolean reset = status && !words.contains("keeps");
            facts.put(
                    words.getFirst(),
                    new KindFacts(words.contains("generation"), status, reset, status ? fixed : List.of(), names));
        }
        return facts;
    }

    /// The facts of a built-in kind.
    public static KindFacts of(Gvk gvk) {
        return BUILT_IN.getOrDefault(Shapes.typeName(gvk), PLAIN);
    }

    /// The facts of a custom resource with or without status subresource.
    public static KindFacts ofCustom(Subresources subresources) {
        boolean status = subresources == Subresources.STATUS;
        return new KindFacts(
                true,
                status,
                status,
                status ? List.of(List.of("spec"), List.of("metadata")) : List.of(),
                Names.SUBDOMAIN);
    }

    /// Whether a custom resource's status has a door of its own.
    public enum Subresources {
        NONE,
        STATUS
    }

    /// The paths that a write through this door leaves alone: it doesn't change them and gains no ownership of
    /// them.
    public List<List<String>> resetFields(Door door) {
        return switch (door) {
            case MAIN -> hasStatus ? List.of(List.of("status")) : List.of();
            case STATUS -> fixedInStatus;
        };
    }

    /// `changed` with everything as it was that this door may not touch. The version and the managed fields are
    /// always the caller's.
    public Mapping confined(Mapping changed, Mapping old, Door door) {
        var confined = changed;
        for (var path : resetFields(door)) {
            var before = old.at(path.toArray(String[]::new));
            confined = before == null ? confined.without(path) : confined.with(path, before);
        }
        for (var field : List.of("resourceVersion", "managedFields")) {
            var given = changed.at("metadata", field);
            var path = List.of("metadata", field);
            confined = given == null ? confined.without(path) : confined.with(path, given);
        }
        return confined;
    }

    /// Whether going from `old` to `changed` counts as a change that bumps the generation. For a Deployment
    /// annotations count as well.
    public boolean bumpsGeneration(Gvk gvk, Mapping old, Mapping changed) {
        if (!hasGeneration) return false;
        if (!counted(old).equals(counted(changed))) return true;
        boolean annotations = gvk.group().equals("apps") && gvk.kind().equals("Deployment");
        return annotations
                && !old.mapping("metadata", "annotations").equals(changed.mapping("metadata", "annotations"));
    }

    private Value counted(Mapping object) {
        var counted = object.without("metadata");
        return hasStatus ? counted.without("status") : counted;
    }
}
