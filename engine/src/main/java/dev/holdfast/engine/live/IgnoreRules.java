package dev.holdfast.engine.live;

import dev.holdfast.fields.FieldPath;
import dev.holdfast.fields.FieldSet;
import dev.holdfast.fields.PathElement;
import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Placement.Ignore;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// The `ignore` rules of an app, read once. Paths are field paths with list keys
/// (`spec.template.spec.containers[name=app].image`) or JSON pointers (`/spec/replicas`).
public final class IgnoreRules {

    public static final IgnoreRules NONE = new IgnoreRules(List.of());

    private record Rule(String kind, Optional<String> name, List<FieldPath> paths, List<String> texts) {
        boolean covers(Ref ref) {
            return ref.groupKind().matches(kind) && name.map(ref.name()::equals).orElse(true);
        }
    }

    private final List<Rule> rules;

    private IgnoreRules(List<Rule> rules) {
        this.rules = rules;
    }

    /// @throws FaultException terminal `BadIgnorePath`
    public static IgnoreRules of(List<Ignore> written) {
        if (written.isEmpty()) return NONE;
        var rules = new ArrayList<Rule>(written.size());
        for (var ignore : written) {
            var paths = ignore.paths().stream().map(IgnoreRules::read).toList();
            rules.add(new Rule(ignore.kind(), ignore.name(), paths, ignore.paths()));
        }
        return new IgnoreRules(List.copyOf(rules));
    }

    private static FieldPath read(String text) {
        try {
            return text.startsWith("/") ? pointer(text) : FieldPath.parse(text);
        } catch (FaultException unreadable) {
            throw new FaultException(
                    Fault.terminal(
                            "BadIgnorePath",
                            "spec.ignore: " + unreadable.fault().explanation().message(),
                            "Write it like spec.template.spec.containers[name=app].image, or as a JSON pointer"),
                    unreadable);
        }
    }

    private static FieldPath pointer(String text) {
        var elements = new ArrayList<PathElement>();
        for (var step : text.substring(1).split("/", -1)) {
            var name = step.replace("~1", "/").replace("~0", "~");
            elements.add(
                    name.matches("[0-9]{1,6}")
                            ? new PathElement.Index(Integer.parseInt(name))
                            : new PathElement.Field(name));
        }
        return new FieldPath(elements);
    }

    /// The rules for an object as they are written, sorted.
    public List<String> texts(Ref ref) {
        var texts = new TreeSet<String>();
        for (var rule : rules) {
            if (rule.covers(ref)) texts.addAll(rule.texts());
        }
        return List.copyOf(texts);
    }

    /// The ignored paths of an object. Positions in lists of named items become keys, as managedFields has them:
    /// `/spec/template/spec/containers/0/image` is the image of the container that is first in `object`.
    public List<FieldPath> paths(Ref ref, Mapping object) {
        if (rules.isEmpty()) return List.of();
        var paths = new TreeSet<FieldPath>();
        for (var rule : rules) {
            if (!rule.covers(ref)) continue;
            for (var path : rule.paths()) paths.add(keyed(path, object));
        }
        return List.copyOf(paths);
    }

    public FieldSet set(Ref ref, Mapping object) {
        var paths = paths(ref, object);
        return paths.isEmpty() ? FieldSet.EMPTY : FieldSet.of(paths);
    }

    private static FieldPath keyed(FieldPath path, Mapping object) {
        var elements = new ArrayList<PathElement>(path.elements().size());
        for (var element : path.elements()) {
            var list = PathValue.find(object, new FieldPath(elements));
            boolean field = element instanceof PathElement.Index(var at)
                    && !(list instanceof Sequence)
                    && list instanceof Mapping keys
                    && keys.has(Integer.toString(at));
            if (field && element instanceof PathElement.Index(var at)) {
                elements.add(new PathElement.Field(Integer.toString(at)));
            } else if (element instanceof PathElement.Index(var at)
                    && list instanceof Sequence items
                    && at < items.size()
                    && items.get(at) instanceof Mapping item
                    && item.get("name") instanceof Value.Text(var name, var _)) {
                elements.add(PathElement.Key.of("name", name));
            } else elements.add(element);
        }
        return new FieldPath(elements);
    }
}
