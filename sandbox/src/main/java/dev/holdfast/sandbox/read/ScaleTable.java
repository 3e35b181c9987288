package dev.holdfast.sandbox.read;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.read.Columns.Column;
import java.time.Instant;
import java.util.List;

/// A Scale as `kubectl get --subresource=scale` shows it (`pkg/printers/internalversion/printers.go`).
public final class ScaleTable {

    private ScaleTable() {}

    public static Mapping of(Mapping scale, Instant now) {
        var columns = new Columns(List.of(
                Column.named(),
                Column.number("Desired", "spec", "replicas"),
                Column.number("Available", "status", "replicas"),
                Column.age(now)));
        var row = Mapping.builder()
                .put("cells", columns.cells(scale))
                .put("object", Views.metadata(scale))
                .build();
        return Mapping.builder()
                .put("kind", "Table")
                .put("apiVersion", "meta.k8s.io/v1")
                .put("metadata", Mapping.of("resourceVersion", Value.of(Meta.resourceVersion(scale))))
                .put("columnDefinitions", columns.definitions())
                .put("rows", Sequence.of(row))
                .build();
    }
}
