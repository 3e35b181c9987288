package dev.holdfast.yaml;

import dev.holdfast.model.Origin;
import java.util.List;

/// Builds the tree of one YAML document for a caller that needs to know how a text was written (its tags, its
/// quotes), not only what it means.
public interface NodeMaker<N> {

    enum Quoting {
        PLAIN,
        QUOTED,
        /// Nothing stands there, inside of brackets or braces: a null that Kustomize prints as an empty text.
        ABSENT
    }

    /// `tag` is in full (`tag:yaml.org,2002:str`), or empty where none was written.
    N scalar(String tag, String text, Quoting quoting, Origin origin);

    N sequence(String tag, List<N> items, Origin origin);

    /// Keys and values alternate, in the order in which they were written; `<<` is a key like any other.
    /// @throws dev.holdfast.model.FaultException where the keys make no map
    N mapping(String tag, List<N> keysAndValues, Origin origin);

    /// What stands for an alias: the anchored node, or a copy of it.
    N alias(N anchored);
}
