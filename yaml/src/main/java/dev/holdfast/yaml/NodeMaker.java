package dev.holdfast.yaml;

import java.util.List;

/// What a reader builds: values that know what a text means, or trees of a caller that needs to know how it was
/// written (its tags, its quotes). Lines and columns count from one, in the whole file.
///
/// Any method may throw {@link dev.holdfast.model.FaultException} where a scalar, a key or a map is refused.
public interface NodeMaker<N> {

    enum Quoting {
        PLAIN,
        SINGLE,
        DOUBLE,
        /// A block after `|`.
        LITERAL,
        /// A block after `>`.
        FOLDED,
        /// Nothing stands there, inside of brackets or braces or in a key's place: a null that Kustomize prints as
        /// an empty text.
        ABSENT;

        /// Whether the text stands there as a text, whatever it says.
        public boolean quoted() {
            return this != PLAIN && this != ABSENT;
        }
    }

    /// Whether a list or a map stands in lines of its own, or in brackets or braces.
    enum Form {
        BLOCK,
        FLOW
    }

    /// Whether a value stands where it is, or an alias stands for it.
    enum Presence {
        WRITTEN,
        ALIASED
    }

    /// A map that is being read: keys and values come in turn, in the order in which they were written; `<<` is a
    /// key like any other.
    interface Fields<N> {

        void key(String tag, String text, Quoting quoting, int line, int column);

        /// The value of the key that came last; `line` is that on which it begins.
        void value(N value, Presence presence, int line);

        N mapping();
    }

    /// `tag` is in full (`tag:yaml.org,2002:str`), or empty where none was written.
    N scalar(String tag, String text, Quoting quoting, int line, int column);

    N sequence(Form form, List<N> items, int line, int column);

    /// A map begins; `depth` is the number of lists and maps around it, 0 for the document's own.
    Fields<N> fields(Form form, int depth, int line, int column);

    /// A comment, without the white space before its `#`.
    default void comment(String text, Placing placing, int line, int column) {}

    /// Whether a comment has a line for itself.
    enum Placing {
        OWN_LINE,
        AFTER_CONTENT
    }

    /// What stands for an alias: the anchored node, or a copy of it.
    N alias(N anchored, String name);

    /// The node has an anchor.
    default void anchored(N node, String name) {}
}
