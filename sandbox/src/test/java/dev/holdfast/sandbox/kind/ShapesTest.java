package dev.holdfast.sandbox.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ShapesTest {

    @Test
    void haveTheFieldsOfTheRecordedSchema() {
        var definitions = Recorded.file("kubernetes-1.34/openapi-v2.json").mapping("definitions");
        int compared = 0;
        for (var name : Shapes.BUILT_IN.names()) {
            var definition = definitions.mapping(definitionName(name));
            assertThat(definition.isEmpty()).as(name).isFalse();
            var known =
                    new TreeSet<>(Shapes.BUILT_IN.byName(new Shape.Struct(name)).keySet());
            assertThat(known)
                    .as(name)
                    .isEqualTo(new TreeSet<>(definition.mapping("properties").keys()));
            compared++;
        }
        assertThat(compared).isGreaterThan(400);
    }

    /// A struct that nobody describes would let everything pass.
    @Test
    void describeEveryTypeThatTheyName() {
        for (var name : Shapes.BUILT_IN.names()) {
            for (var field : Shapes.BUILT_IN.fields(new Shape.Struct(name))) named(field.shape(), name);
        }
    }

    private static void named(Shape shape, String owner) {
        switch (shape) {
            case Shape.Struct struct ->
                assertThat(Shapes.BUILT_IN.opaque(struct) && !emptyType(struct))
                        .as(owner + " → " + struct.name())
                        .isFalse();
            case Shape.Pointer(var target) -> named(target, owner);
            case Shape.ListOf(var item) -> named(item, owner);
            case Shape.MapOf(var value) -> named(value, owner);
            case Shape.SchemaOrOther(var schema) -> named(schema, owner);
            case Shape.Scalar _ -> {
                // needs no description
            }
        }
    }

    /// The one type without fields: a subresource that is only there or not.
    private static boolean emptyType(Shape.Struct struct) {
        return struct.name().equals("apiextensions.v1.CustomResourceSubresourceStatus");
    }

    private static String definitionName(String name) {
        var group = name.substring(0, name.indexOf('.'));
        return switch (group) {
            case "meta" -> "io.k8s.apimachinery.pkg.apis." + name;
            case "apiextensions" -> "io.k8s.apiextensions-apiserver.pkg.apis." + name;
            case "apiregistration" -> "io.k8s.kube-aggregator.pkg.apis." + name;
            default -> "io.k8s.api." + name;
        };
    }

    @Test
    void leaveOutWhatIsEmptyAndKeepWhatIsSet() {
        var container = "{'name':'c','image':'','env':[{'name':'A','value':''}],'ports':[],'stdin':false}";
        var pod = Recorded.json(("{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p','labels':{}},'spec':{"
                        + "'hostNetwork':false,'automountServiceAccountToken':false,'containers':[" + container
                        + "],'unknown':1}}")
                .replace('\'', '"'));
        var typed = TypedForm.of(Gvk.of("v1", "Pod"), pod);
        assertThat(typed.mapping("metadata")).isEqualTo(Recorded.json("{\"name\":\"p\"}"));
        assertThat(typed.mapping("spec").keys()).containsExactly("containers", "automountServiceAccountToken");
        var kept = (Mapping) typed.sequence("spec", "containers").get(0);
        assertThat(kept).isEqualTo(Recorded.json("{\"name\":\"c\",\"env\":[{\"name\":\"A\"}],\"resources\":{}}"));
    }

    /// As recorded: a null in a map of texts is an empty text.
    @Test
    void readNullAsZero() {
        var exchange = Recorded.exchange("apply-configmap", "null value");
        var typed = TypedForm.of(Gvk.of("v1", "ConfigMap"), exchange.body());
        assertThat(typed.text("data", "b")).isEqualTo(exchange.answered().text("data", "b"));
    }

    @Test
    void writeTimesInUtc() {
        var lease = Recorded.json(
                ("{'spec':{'renewTime':'2026-11-21T14:00:00.5+02:00','acquireTime':'2026-11-21T12:00:00Z'}}")
                        .replace('\'', '"'));
        var spec =
                TypedForm.of(Gvk.of("coordination.k8s.io/v1", "Lease"), lease).mapping("spec");
        assertThat(spec.text("renewTime")).contains("2026-11-21T12:00:00.500000Z");
        assertThat(spec.text("acquireTime")).contains("2026-11-21T12:00:00.000000Z");
    }
}
