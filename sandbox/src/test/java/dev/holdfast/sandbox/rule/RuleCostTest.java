package dev.holdfast.sandbox.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.kind.FieldError;
import dev.holdfast.sandbox.rule.RuleTypes.Place;
import dev.holdfast.yaml.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Source of the figures: what k8s.io/apiextensions-apiserver's own tests of cost estimates (`TestCostEstimation`,
/// `TestCelEstimatedCostStability`) say that a rule costs, and of the sentences its issue 124234.
class RuleCostTest {

    private static Mapping json(String text) {
        return JsonReader.readObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    static Stream<Arguments> estimated() throws IOException {
        try (var file = RuleCostTest.class.getResourceAsStream("/rule-costs.txt")) {
            if (file == null) throw new IllegalStateException("no rule-costs.txt beside the tests");
            var lines = new String(file.readAllBytes(), StandardCharsets.UTF_8).lines();
            return lines
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" \\| ", 3))
                    .map(words -> Arguments.of(Long.parseLong(words[0]), words[1], words[2]))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest(name = "{2} of {1} costs {0}")
    @MethodSource("estimated")
    void aRuleIsEstimatedAsTheServerDoes(long cost, String type, String rule) {
        var schema = type.equals("fields") ? FIELDS : json(type);
        var rules = List.of(rule(rule));
        var types = new RuleTypes();
        var self = types.type(schema, Place.PART).orElseThrow();
        var compiled = CompiledRule.of(
                RuleSource.of(schema.with("x-kubernetes-validations", Sequence.of(rules))),
                types,
                self,
                SchemaSizes.of(schema, Place.PART));
        assertThat(compiled.getFirst().problems().rule()).isEmpty();
        assertThat(compiled.getFirst().costs().rule()).isEqualTo(cost);
    }

    private static final Mapping FIELDS = json("""
            {'type':'object','properties':{
              's':{'type':'string'},'s2':{'type':'string'},'i':{'type':'integer'},'n':{'type':'number'},
              'raw':{'type':'string','format':'byte'},'raw2':{'type':'string','format':'byte'},
              'span':{'type':'string','format':'duration'},'at':{'type':'string','format':'date-time'},
              'flag':{'type':'boolean'},'kind':{'type':'string','enum':['Pending','Available','Bound','Released','Failed']},
              'ints':{'type':'array','items':{'type':'integer'}},'ints2':{'type':'array','items':{'type':'integer'}},
              'set':{'type':'array','x-kubernetes-list-type':'set','items':{'type':'string'}},
              'set2':{'type':'array','x-kubernetes-list-type':'set','items':{'type':'string'}},
              'words':{'type':'object','additionalProperties':{'type':'string'}},
              'words2':{'type':'object','additionalProperties':{'type':'string'}},
              'counts':{'type':'object','additionalProperties':{'type':'integer'}},
              'either':{'x-kubernetes-int-or-string':true},
              'keyed':{'type':'array','x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':['k'],
                'items':{'type':'object','properties':{'k':{'type':'string'},'v':{'type':'string'},'v2':{'type':'string'}}}},
              'a':{'type':'object','properties':{'b':{'type':'object','properties':{'c':{'type':'integer'}}}}},
              'embedded':{'type':'object','x-kubernetes-embedded-resource':true,
                'x-kubernetes-preserve-unknown-fields':true}}}""");

    private static Mapping rule(String rule) {
        return Mapping.builder().put("rule", rule).build();
    }

    private static Mapping object(String field, Mapping schema) {
        return json("{'type':'object'}").with("properties", Mapping.of(field, schema));
    }

    private static List<String> refusals(Mapping schema) {
        return DefinitionRuleCheck.of(schema, "s").stream()
                .map(FieldError::sentence)
                .toList();
    }

    private static final String HINT = " (try simplifying the rule, or adding maxItems, maxProperties, and maxLength"
            + " where arrays, maps, and strings are declared)";
    private static final String SHARE =
            "Forbidden: contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema";

    @Test
    void aRuleThatMayLoopForEverIsRefusedUntilItsListIsBounded() {
        var loop = Sequence.of(List.of(rule("self.all(x, self.all(y, x != y))")));
        var list = json("{'type':'array','items':{'type':'integer'}}").with("x-kubernetes-validations", loop);
        assertThat(refusals(object("f", list)))
                .containsExactly(
                        "s.properties[f].x-kubernetes-validations[0].rule: Forbidden: estimated rule cost exceeds"
                                + " budget by factor of more than 100x" + HINT,
                        "s.properties[f].x-kubernetes-validations[0].rule: " + SHARE,
                        "s: Forbidden: x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema"
                                + " exceeds budget by factor of more than 100x" + HINT);
        assertThat(refusals(object("f", list.with("maxItems", Value.of(100))))).isEmpty();
        assertThat(DefinitionRuleCheck.ofUnchanged(object("f", list), "s"))
                .extracting(FieldError::field)
                .containsExactly("s.properties[f].x-kubernetes-validations[0].rule", "s");
    }

    @Test
    void aRuleIsAskedOncePerItemAndSmallFactorsAreToldToTheSixthDigit() {
        var ruled = json("{'type':'string','maxLength':10}")
                .with("x-kubernetes-validations", Sequence.of(List.of(rule("self.contains(self)"))));
        // 10 characters have up to 40 bytes: 4 by 4, and two accesses
        var items = json("{'type':'array'}").with("items", ruled);
        assertThat(refusals(object("f", items.with("maxItems", Value.of(555_555)))))
                .isEmpty();
        assertThat(refusals(object("f", items.with("maxItems", Value.of(555_556)))))
                .containsExactly("s.properties[f].items.x-kubernetes-validations[0].rule: Forbidden: estimated rule"
                        + " cost exceeds budget by factor of 1.000001x" + HINT);
        assertThat(refusals(object("f", items.with("maxItems", Value.of(1_200_000)))))
                .containsExactly("s.properties[f].items.x-kubernetes-validations[0].rule: Forbidden: estimated rule"
                        + " cost exceeds budget by factor of 2.2x" + HINT);
        var values = json("{'type':'object'}").with("additionalProperties", ruled);
        assertThat(refusals(object("f", values.with("maxProperties", Value.of(555_556)))))
                .hasSize(1);
        // unbounded: as many as fit a request, each two quotes and a comma
        assertThat(refusals(object("f", items)))
                .containsExactly("s.properties[f].items.x-kubernetes-validations[0].rule: Forbidden: estimated rule"
                        + " cost exceeds budget by factor of 1.9x" + HINT);
    }

    @Test
    void manyRulesThatAreCheapEnoughAreTooDearTogetherAndTheDearestFourAreNamed() {
        var rules = Stream.generate(() -> rule("self.all(x, x > 1)")).limit(15).toList();
        var list = json("{'type':'array','items':{'type':'integer'}}")
                .with("x-kubernetes-validations", Sequence.of(rules));
        var found = refusals(object("f", list));
        assertThat(found).hasSize(5);
        assertThat(found.subList(0, 4)).allMatch(text -> text.endsWith(SHARE));
        assertThat(found.getLast())
                .startsWith("s: Forbidden: x-kubernetes-validations")
                .contains("factor of 1.179");
    }

    @Test
    void aMessageThatMayBeEndlessIsRefusedToo() {
        var ruled = rule("self > 0").with("messageExpression", Value.of("'not ' + string(self)"));
        var field = json("{'type':'integer'}").with("x-kubernetes-validations", Sequence.of(List.of(ruled)));
        assertThat(refusals(object("f", field)).getFirst())
                .isEqualTo("s.properties[f].x-kubernetes-validations[0].messageExpression: Forbidden: estimated"
                        + " messageExpression cost exceeds budget by factor of more than 100x" + HINT);
        assertThat(CompiledRules.of(object("f", field)).check(object("f", field), json("{'f':0}"), Optional.empty()))
                .extracting(FieldError::sentence)
                .containsExactly("f: Invalid value: 0: not 0");
    }
}
