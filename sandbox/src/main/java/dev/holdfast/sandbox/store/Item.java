package dev.holdfast.sandbox.store;

import dev.holdfast.model.Mapping;
import org.jspecify.annotations.Nullable;

/// One version of one object. Kept as JSON text, which is what readers are sent; the tree is there while the object
/// is in use (see {@link Warmth}) and is read from the text again when it is asked for later.
public final class Item {

    private final String key;
    private final String namespace;
    private final String name;
    private final String uid;
    private final long version;
    private final Mapping labels;
    private final String controller;
    private final boolean owned;
    private final boolean terminating;
    private final Warmth warmth;
    private volatile @Nullable Mapping tree;
    private volatile byte @Nullable [] json;

    private Item(String key, long version, Mapping tree, Warmth warmth) {
        this.key = key;
        this.version = version;
        this.namespace = tree.text("metadata", "namespace").orElse("");
        this.name = tree.text("metadata", "name").orElse("");
        this.uid = tree.text("metadata", "uid").orElse("");
        this.labels = tree.mapping("metadata", "labels");
        this.controller = controller(tree);
        this.owned = !tree.sequence("metadata", "ownerReferences").isEmpty();
        this.terminating = tree.mapping("metadata").has("deletionTimestamp");
        this.warmth = warmth;
    }

    static Item ofTree(String key, long version, Mapping tree, Warmth warmth) {
        var item = new Item(key, version, tree, warmth);
        item.tree = tree;
        warmth.keep(item);
        return item;
    }

    static Item ofJson(String key, long version, byte[] json, Warmth warmth) {
        var item = new Item(key, version, warmth.codec().read(json), warmth);
        item.json = json;
        return item;
    }

    /// The place in its shelf: `namespace/name`, or the name alone for objects of the cluster's scope.
    public String key() {
        return key;
    }

    public String namespace() {
        return namespace;
    }

    public String name() {
        return name;
    }

    public String uid() {
        return uid;
    }

    public long version() {
        return version;
    }

    public Mapping labels() {
        return labels;
    }

    /// The uid of the object that controls this one; empty where none does.
    public String controller() {
        return controller;
    }

    /// Whether it names any owner.
    public boolean owned() {
        return owned;
    }

    /// Whether it is being deleted.
    public boolean terminating() {
        return terminating;
    }

    private static String controller(Mapping tree) {
        for (var owner : tree.sequence("metadata", "ownerReferences").mappings()) {
            if (owner.bool("controller").orElse(false)) return owner.text("uid").orElse("");
        }
        return "";
    }

    public Mapping tree() {
        var known = tree;
        if (known != null) return known;
        var text = json;
        if (text == null) throw new IllegalStateException("an item has a tree or a text");
        known = warmth.codec().read(text);
        tree = known;
        warmth.keep(this);
        return known;
    }

    /// The JSON text; nobody changes it.
    public byte[] json() {
        var known = json;
        if (known != null) return known;
        var object = tree;
        if (object == null) throw new IllegalStateException("an item has a tree or a text");
        known = warmth.codec().write(object);
        json = known;
        return known;
    }

    /// Lets go of the tree; the text stays.
    void cool() {
        json();
        tree = null;
    }
}
