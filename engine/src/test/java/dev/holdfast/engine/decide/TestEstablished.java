package dev.holdfast.engine.decide;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import java.util.List;

/// Makes a CustomResourceDefinition look established.
final class TestEstablished {

    private TestEstablished() {}

    static Mapping established(Mapping definition) {
        var condition = Mapping.builder()
                .put("type", "Established")
                .put("status", "True")
                .put("reason", "InitialNamesAccepted")
                .build();
        return definition.with(List.of("status", "conditions"), Sequence.of(condition));
    }
}
