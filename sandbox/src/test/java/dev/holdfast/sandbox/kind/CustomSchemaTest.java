package dev.holdfast.sandbox.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CustomSchemaTest {

    private static final Gvk BOAT = Gvk.of("rec.example.com/v1", "Boat");

    private static CustomSchema boats() {
        var definition =
                Recorded.exchange("custom-resources", "create definition").answered();
        var version = (Mapping) definition.sequence("spec", "versions").get(0);
        return CustomSchema.of(version.mapping("schema", "openAPIV3Schema"));
    }

    @Test
    void prunesAndDefaultsAsRecorded() {
        var exchange = Recorded.exchange("custom-resources", "create with pruning");
        var pruned = boats().prune(exchange.body());
        assertThat(pruned.complaints()).containsExactly("unknown field \"spec.wrong\"");
        assertThat(boats().defaulted(pruned.object()).mapping("spec"))
                .isEqualTo(exchange.answered().mapping("spec"));
    }

    @Test
    void defaultsItemsAsRecorded() {
        var exchange = Recorded.exchange("custom-resources", "apply with defaults");
        assertThat(boats().defaulted(exchange.body()).mapping("spec"))
                .isEqualTo(exchange.answered().mapping("spec"));
    }

    @TestFactory
    Stream<DynamicTest> refusesAsRecorded() {
        return Stream.of("invalid", "duplicate crew", "wrong type")
                .map(step -> DynamicTest.dynamicTest(step, () -> {
                    var exchange = Recorded.exchange("custom-resources", step);
                    var errors = boats().validate(
                                    boats().defaulted(exchange.body()), Optional.empty(), CustomSchema.Rules.NONE);
                    // the server goes through properties in no order
                    assertThat(ValidationTest.causes(errors).items())
                            .containsExactlyInAnyOrderElementsOf(exchange.answered()
                                    .sequence("details", "causes")
                                    .items());
                }));
    }

    @Test
    void saysOneErrorWithoutBracketsAsRecorded() {
        var exchange = Recorded.exchange("custom-resources", "duplicate crew");
        var errors = boats().validate(boats().defaulted(exchange.body()), Optional.empty(), CustomSchema.Rules.NONE);
        assertThat(FieldError.message(BOAT, "bad", errors))
                .isEqualTo(exchange.answered().text("message").orElse(""));
    }

    @Test
    void acceptsWhatWasAccepted() {
        for (var step : List.of("create with pruning", "apply with defaults", "second manager adds crew", "status")) {
            var stored = Recorded.exchange("custom-resources", step).answered();
            assertThat(boats().validate(stored, Optional.empty(), CustomSchema.Rules.NONE))
                    .isEmpty();
            assertThat(boats().prune(stored).dropped()).isEmpty();
            assertThat(boats().defaulted(stored)).isEqualTo(stored);
        }
    }

    @Test
    void asksTheRulesOnlyWhenNothingBlocksThem() {
        CustomSchema.Rules rules =
                (_, _, _) -> List.of(new FieldError(FieldError.Reason.INVALID, "spec", "Invalid value: too long"));
        var exchange = Recorded.exchange("custom-resources", "rule");
        var errors = boats().validate(boats().defaulted(exchange.body()), Optional.empty(), rules);
        assertThat(FieldError.message(BOAT, "bad", errors))
                .isEqualTo(exchange.answered().text("message").orElse(""));
    }

    private record Case(String name, String schema, String value, String expected) {}

    private static final List<Case> REFUSED = List.of(
            new Case(
                    "enum",
                    "{'type':'string','enum':['a','b']}",
                    "'c'",
                    "spec.x: Unsupported value: \"c\": supported values: \"a\", \"b\""),
            new Case(
                    "maximum",
                    "{'type':'integer','maximum':3}",
                    "4",
                    "spec.x: Invalid value: 4: spec.x in body should be less than or equal to 3"),
            new Case(
                    "exclusive minimum",
                    "{'type':'number','minimum':3,'exclusiveMinimum':true}",
                    "3",
                    "spec.x: Invalid value: 3: spec.x in body should be greater than 3"),
            new Case(
                    "multipleOf",
                    "{'type':'integer','multipleOf':5}",
                    "7",
                    "spec.x: Invalid value: 7: spec.x in body should be a multiple of 5"),
            new Case(
                    "maxLength",
                    "{'type':'string','maxLength':2}",
                    "'abc'",
                    "spec.x: Too long: may not be more than 2 bytes"),
            new Case(
                    "minLength",
                    "{'type':'string','minLength':2}",
                    "'a'",
                    "spec.x: Invalid value: \"a\": spec.x in body should be at least 2 chars long"),
            new Case(
                    "pattern",
                    "{'type':'string','pattern':'^a+$'}",
                    "'b'",
                    "spec.x: Invalid value: \"b\": spec.x in body should match '^a+$'"),
            new Case(
                    "maxItems",
                    "{'type':'array','items':{'type':'string'},'maxItems':1}",
                    "['a','b']",
                    "spec.x: Too many: 2: must have at most 1 item"),
            new Case(
                    "minItems",
                    "{'type':'array','items':{'type':'string'},'minItems':1}",
                    "[]",
                    "spec.x: Invalid value: 0: spec.x in body should have at least 1 items"),
            new Case(
                    "set",
                    "{'type':'array','x-kubernetes-list-type':'set','items':{'type':'string'}}",
                    "['a','b','a','a']",
                    "spec.x[2]: Duplicate value: \"a\""),
            new Case(
                    "date-time",
                    "{'type':'string','format':'date-time'}",
                    "'now'",
                    "spec.x: Invalid value: \"now\": spec.x in body must be of type date-time: \"now\""),
            new Case(
                    "int or text",
                    "{'x-kubernetes-int-or-string':true}",
                    "[1]",
                    "spec.x: Invalid value: \"array\": spec.x in body must be of type integer,string: \"array\""),
            new Case(
                    "oneOf",
                    "{'type':'object','x-kubernetes-preserve-unknown-fields':true,'oneOf':[{'required':['a']},{'required':['b']}]}",
                    "{'a':1,'b':2}",
                    "<nil>: Invalid value: \"\": \"spec.x\" must validate one and only one schema (oneOf). Found 2 valid alternatives"),
            new Case(
                    "not",
                    "{'type':'integer','not':{'minimum':3}}",
                    "4",
                    "<nil>: Invalid value: \"\": \"spec.x\" must not validate the schema (not)"));

    @TestFactory
    Stream<DynamicTest> judgesValues() {
        return REFUSED.stream()
                .map(each -> DynamicTest.dynamicTest(each.name(), () -> {
                    var schema = json("{'type':'object','properties':{'spec':{'type':'object','properties':{'x':"
                            + each.schema() + "}}}}");
                    var object = json("{'spec':{'x':" + each.value() + "}}");
                    var errors = CustomSchema.of(schema).validate(object, Optional.empty(), CustomSchema.Rules.NONE);
                    assertThat(errors).extracting(FieldError::sentence).containsExactly(each.expected());
                }));
    }

    /// With a backtracking engine this would take longer than anyone waits.
    @Test
    void isNotHeldUpByCatastrophicPatterns() {
        var schema = json("{'type':'object','properties':{'x':{'type':'string','pattern':'^(a+)+$'}}}");
        var object = Mapping.of("x", Value.of("a".repeat(50_000) + "!"));
        assertThat(CustomSchema.of(schema).validate(object, Optional.empty(), CustomSchema.Rules.NONE))
                .hasSize(1);
    }

    @Test
    void replacesANullThatIsNotAllowedByTheDefault() {
        var schema = json("{'type':'object','properties':{'a':{'type':'string','default':'x'},'b':{'type':'string'},"
                + "'c':{'type':'string','nullable':true,'default':'y'}}}");
        assertThat(CustomSchema.of(schema).defaulted(json("{'a':null,'b':null,'c':null}")))
                .isEqualTo(json("{'a':'x','c':null}"));
    }

    @Test
    void keepsMetadataOfEmbeddedObjects() {
        var schema = json("{'type':'object','properties':{'t':{'type':'object','x-kubernetes-embedded-resource':true,"
                + "'properties':{'spec':{'type':'object'}}}}}");
        var pruned = CustomSchema.of(schema)
                .prune(json("{'t':{'kind':'X','apiVersion':'v1','metadata':{'name':'n'},'z':1}}"));
        assertThat(pruned.dropped()).containsExactly("t.z");
        assertThat(pruned.object().mapping("t").keys()).containsExactly("apiVersion", "kind", "metadata");
    }

    private static Mapping json(String text) {
        return Recorded.json(text.replace('\'', '"'));
    }
}
