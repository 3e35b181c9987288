package dev.holdfast.sandbox.realm;

import dev.holdfast.sandbox.resource.Catalog;

/// The resources that are served now. Replaced as a whole when a definition comes or goes.
public final class Types {

    private final Catalog builtIn = Catalog.builtIn();
    private volatile Catalog catalog = builtIn;

    public Catalog catalog() {
        return catalog;
    }
}
