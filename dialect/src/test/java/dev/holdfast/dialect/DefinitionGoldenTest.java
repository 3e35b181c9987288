package dev.holdfast.dialect;

import dev.holdfast.testkit.Golden;
import dev.holdfast.yaml.YamlWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// The committed definition and the reference are what the tables say.
class DefinitionGoldenTest {

    @Test
    void theCommittedDefinitionIsTheGeneratedOne() {
        Golden.file(
                "deploy/crds/holdfastapps.yaml",
                new String(YamlWriter.write(AppDefinition.crd()), StandardCharsets.UTF_8));
    }

    @Test
    void theReferenceHasEveryField() {
        Golden.section("docs/reference/app.md", AppReference.table());
    }
}
