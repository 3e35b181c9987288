package dev.holdfast.sandbox.resource;

import java.util.List;

/// Where a kind keeps what its `scale` shows; the selector's path is empty where it has none.
public record ScalePaths(List<String> spec, List<String> status, List<String> selector) {

    public static final ScalePaths USUAL =
            new ScalePaths(List.of("spec", "replicas"), List.of("status", "replicas"), List.of());

    public ScalePaths {
        spec = List.copyOf(spec);
        status = List.copyOf(status);
        selector = List.copyOf(selector);
    }
}
