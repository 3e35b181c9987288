package dev.holdfast.render.kustomize.tree;

import dev.holdfast.yaml.NodeMaker.Form;
import dev.holdfast.yaml.NodeMaker.Quoting;
import java.util.List;

/// How a node was written: where, a scalar's quotes, a collection's form, a map's keys, the names of its anchor
/// and alias.
public record Look(Place place, Form form, Quoting quoting, List<Key> keys, Names names) {

    /// Line and column count from one.
    public record Place(int line, int column) {}

    /// Empty where there is none.
    public record Names(String anchor, String alias) {
        static final Names NONE = new Names("", "");
    }

    /// A key's quotes and line.
    public record Key(Quoting quoting, int line) {}

    static Look scalar(Quoting quoting, Place place) {
        return new Look(place, Form.BLOCK, quoting, List.of(), Names.NONE);
    }

    static Look collection(Form form, List<Key> keys, Place place) {
        return new Look(place, form, Quoting.PLAIN, keys, Names.NONE);
    }

    Look anchored(String name) {
        return new Look(place, form, quoting, keys, new Names(name, names.alias()));
    }

    Look aliased(String name) {
        return new Look(place, form, quoting, keys, new Names("", name));
    }

    public String anchor() {
        return names.anchor();
    }

    public String alias() {
        return names.alias();
    }

    public int line() {
        return place.line();
    }

    public int column() {
        return place.column();
    }
}
