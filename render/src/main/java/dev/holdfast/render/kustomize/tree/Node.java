package dev.holdfast.render.kustomize.tree;

import dev.holdfast.model.Origin;
import dev.holdfast.yaml.Meaning;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One node of an object while it is being customized. Unlike a Value it knows how a scalar was written (its text,
/// its tag, whether it stood in quotes), because Kustomize works on texts and decides what they mean only when it
/// prints; and it can be changed, since one build owns its trees.
///
/// A scalar without a tag means what its text means. Where quotes and tag disagree, see {@link Values}.
public final class Node {

    public enum Kind {
        SCALAR,
        SEQUENCE,
        MAPPING
    }

    public enum Style {
        PLAIN,
        QUOTED,
        /// Nothing is written there, inside of brackets: a null that is printed as an empty string.
        ABSENT
    }

    private Kind kind;
    private String tag;
    private String text;
    private Style style;
    private Origin origin;
    /// Items of a sequence, values of a mapping.
    private ArrayList<Node> content;
    /// Keys of a mapping, in the order of the values.
    private ArrayList<String> keys;
    /// A null that is part of the object, not a patch's request to remove.
    private boolean kept;
    /// How it was written, where somebody will write it that way again.
    private @Nullable Look look;

    private Node(Kind kind, String tag, String text, Style style, Origin origin) {
        this.kind = kind;
        this.tag = tag;
        this.text = text;
        this.style = style;
        this.origin = origin;
        this.content = new ArrayList<>(0);
        this.keys = new ArrayList<>(0);
    }

    public static Node scalar(String tag, String text, Style style, Origin origin) {
        return new Node(Kind.SCALAR, tag, text, style, origin);
    }

    /// A text that means what it means without quotes.
    public static Node plain(String text, Origin origin) {
        return scalar("", text, Style.PLAIN, origin);
    }

    public static Node string(String text, Origin origin) {
        return scalar(Meaning.STRING, text, Style.PLAIN, origin);
    }

    public static Node sequence(Origin origin) {
        return new Node(Kind.SEQUENCE, "", "", Style.PLAIN, origin);
    }

    public static Node mapping(Origin origin) {
        return new Node(Kind.MAPPING, "", "", Style.PLAIN, origin);
    }

    public static Node empty(Kind kind, Origin origin) {
        return new Node(kind, "", "", Style.PLAIN, origin);
    }

    /// A null written in an object, which stays there.
    static Node keptNull(String text, Origin origin) {
        var node = scalar(Meaning.NULL, text, Style.PLAIN, origin);
        node.kept = true;
        return node;
    }

    public Node asKeptNull() {
        return keptNull(text, origin);
    }

    public Kind kind() {
        return kind;
    }

    public String tag() {
        return tag;
    }

    public String text() {
        return text;
    }

    public Style style() {
        return style;
    }

    public Origin origin() {
        return origin;
    }

    public @Nullable Look look() {
        return look;
    }

    void setLook(Look seen) {
        look = seen;
    }

    public boolean isScalar() {
        return kind == Kind.SCALAR;
    }

    public boolean isMapping() {
        return kind == Kind.MAPPING;
    }

    public boolean isSequence() {
        return kind == Kind.SEQUENCE;
    }

    public boolean isNull() {
        return tag.equals(Meaning.NULL);
    }

    public boolean isKept() {
        return kept;
    }

    /// Null, or a list or map without content.
    public boolean isEmpty() {
        return isNull() || kind != Kind.SCALAR && content.isEmpty();
    }

    /// A scalar that is a string, or has no tag.
    public boolean isText() {
        return kind == Kind.SCALAR && (tag.isEmpty() || tag.equals(Meaning.STRING));
    }

    public void setText(String text, Origin origin) {
        this.text = text;
        this.origin = origin;
    }

    public void setScalar(String tag, String text, Origin origin) {
        this.tag = tag;
        this.text = text;
        this.style = Style.PLAIN;
        this.origin = origin;
    }

    /// A null that turns out to be where something must stand.
    public void turnInto(Kind kind, String tag) {
        this.kind = kind;
        this.tag = tag;
    }

    /// Takes over all that another node is.
    public void become(Node other) {
        kind = other.kind;
        tag = other.tag;
        text = other.text;
        style = other.style;
        origin = other.origin;
        content = other.content;
        keys = other.keys;
        kept = other.kept;
        look = other.look;
    }

    public int size() {
        return content.size();
    }

    public Node item(int position) {
        return content.get(position);
    }

    /// The items, or a mapping's values. Not a copy.
    public List<Node> content() {
        return content;
    }

    public void add(Node item) {
        content.add(item);
    }

    public void setContent(List<Node> items) {
        content = new ArrayList<>(items);
    }

    public String key(int position) {
        return keys.get(position);
    }

    public List<String> keys() {
        return keys;
    }

    public @Nullable Node get(String key) {
        if (kind != Kind.MAPPING) return null;
        int at = keys.indexOf(key);
        return at < 0 ? null : content.get(at);
    }

    /// The text of a scalar field; empty where there is none or it is null.
    public String fieldText(String key) {
        var field = get(key);
        return field == null || field.isNull() ? "" : field.text;
    }

    /// Adds at the end, without looking whether the key is there.
    public void append(String key, Node value) {
        keys.add(key);
        content.add(value);
    }

    public @Nullable Node remove(String key) {
        int at = keys.indexOf(key);
        if (at < 0) return null;
        keys.remove(at);
        return content.remove(at);
    }

    /// Sets a field; null and a null that is not kept remove it. A field that was there keeps its quotes.
    public void set(String key, @Nullable Node value) {
        if (value == null || value.isNull() && !value.kept) {
            remove(key);
            return;
        }
        value.quoteWhatOlderRulesMisread();
        var there = get(key);
        if (there == null) {
            append(key, value);
        } else {
            var style = there.style;
            var seen = there.look;
            there.become(value);
            there.style = style;
            there.look = seen;
        }
    }

    /// Sets this scalar; it keeps its quotes. Null changes nothing.
    public void setTo(Node value) {
        if (value.isNull()) return;
        var before = style;
        var seen = look;
        become(value);
        style = before;
        look = seen;
    }

    private void quoteWhatOlderRulesMisread() {
        if (isText() && style == Style.PLAIN && !Meaning.isStringInOlderRules(text)) style = Style.QUOTED;
    }

    public Node copy() {
        var copy = new Node(kind, tag, text, style, origin);
        copy.kept = kept;
        copy.look = look;
        if (!content.isEmpty()) {
            copy.content.ensureCapacity(content.size());
            for (var item : content) copy.content.add(item.copy());
            copy.keys.addAll(keys);
        }
        return copy;
    }

    @Override
    public String toString() {
        return Values.shown(this);
    }
}
