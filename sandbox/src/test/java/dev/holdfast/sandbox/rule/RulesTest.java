package dev.holdfast.sandbox.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.kind.FieldError;
import dev.holdfast.yaml.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Sources: the recordings of Kubernetes 1.36 (the message of a broken rule) and the documentation of "CEL in
/// Kubernetes" and of validation rules in definitions.
class RulesTest {

    private static final String SPEC = """
            {'type':'object','properties':{
               'name':{'type':'string'},'other':{'type':'string'},'count':{'type':'integer'},'ratio':{'type':'number'},
               'port':{'x-kubernetes-int-or-string':true},'size':{'x-kubernetes-int-or-string':true},
               'at':{'type':'string','format':'date-time'},'span':{'type':'string','format':'duration'},
               'raw':{'type':'string','format':'byte'},'a.b-c':{'type':'string'},'namespace':{'type':'string'},
               'tags':{'type':'array','maxItems':9,'items':{'type':'string','maxLength':99}},
               'numbers':{'type':'array','items':{'type':'integer'}},
               'marks':{'type':'array','maxItems':9,'x-kubernetes-list-type':'set','items':{'type':'string','maxLength':9}},
               'nothing':{'type':'string','nullable':true},'labels':{'type':'object','maxProperties':9,'additionalProperties':{'type':'string','maxLength':9}},
               'free':{'type':'object','x-kubernetes-preserve-unknown-fields':true},
               'parts':{'type':'array','x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':['name'],
                  'items':{'type':'object','required':['name'],'properties':{
                     'name':{'type':'string'},'count':{'type':'integer'}}}}}}""".replace('\'', '"');

    private static Mapping json(String text) {
        return JsonReader.readObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static Mapping schema(Mapping spec) {
        return json("{'type':'object'}").with("properties", Mapping.of("spec", spec));
    }

    private static Mapping rule(String rule) {
        return Mapping.builder().put("rule", rule).build();
    }

    private static Mapping ruled(Mapping... rules) {
        return schema(json(SPEC).with("x-kubernetes-validations", Sequence.of(rules)));
    }

    private static List<String> errors(Mapping schema, String now, Optional<String> before) {
        var object = json("{'spec':" + now + "}");
        var old = before.map(text -> json("{'spec':" + text + "}"));
        return CompiledRules.of(schema).check(schema, object, old).stream()
                .map(FieldError::sentence)
                .toList();
    }

    static Stream<Arguments> holding() {
        return Stream.of(
                        "self.count <= 30",
                        "self.name.startsWith('h') && self.name.size() == 5",
                        "!has(self.other)",
                        "self.?other.orValue('none') == 'none'",
                        "self.port == 80 || self.port == 'http'",
                        "type(self.port) == int && self.port < 100",
                        "self.ratio > 1 && self.ratio == 1.5",
                        "self.at < timestamp('2030-01-01T00:00:00Z') && self.at.getFullYear() == 2026",
                        "self.span >= duration('90m')",
                        "self.raw == b'hello'",
                        "self.a__dot__b__dash__c == 'odd'",
                        "self.__namespace__ == 'n'",
                        "self.tags.all(t, t.matches('^[a-z]+$')) && self.tags.exists_one(t, t == 'x')",
                        "self.tags.isSorted() && self.tags.indexOf('y') == 1 && self.tags.lastIndexOf('z') == -1",
                        "self.numbers.sum() == 6 && self.numbers.min() == 1 && self.numbers.max() == 3",
                        "self.tags.join(',') == 'x,y' && self.name.upperAscii() == 'HELLO'",
                        "self.labels['k'] == 'v' && 'k' in self.labels && self.labels.all(k, k != 'z')",
                        "self.parts.map(p, p.count).sum() == 3",
                        "self.parts.exists(p, p.name == 'two' && p.count == 2)",
                        "sets.contains(self.tags, ['x'])",
                        "self.name.find('l+') == 'll' && self.name.findAll('[lo]').size() == 3",
                        "self.name.findAll('[lo]', 1) == ['l']",
                        "url('https://u@h.example:8080/a%20b?x=1&x=2').getHost() == 'h.example:8080'",
                        "url('https://h.example:8080/a%20b').getPort() == '8080' && isURL('/abs') && !isURL('rel')",
                        "url('https://h/a%20b?x=1&x=2').getQuery()['x'] == ['1','2']",
                        "url('https://h/a%20b').getEscapedPath() == '/a%20b'",
                        "url('https://[::1]:80/').getHostname() == '::1' && url('/p').getScheme() == ''",
                        "quantity(string(self.size)).isLessThan(quantity('2Gi')) && isQuantity('1.5k')",
                        "quantity('1k').add(20).compareTo(quantity('1020')) == 0",
                        "quantity('50M').sub(quantity('1M')).asInteger() == 49000000 && quantity('-1').sign() == -1",
                        "quantity('1500m').isInteger() == false && quantity('1500m').asApproximateFloat() == 1.5",
                        "quantity('1000m') == quantity('1')",
                        "ip('10.0.0.1').family() == 4 && isIP('::1') && !isIP('10.0.0.01') && !isIP('::ffff:1.2.3.4')",
                        "ip('127.0.0.1').isLoopback() && ip('fe80::1').isLinkLocalUnicast()",
                        "ip('8.8.8.8').isGlobalUnicast() && ip.isCanonical('2001:db8::1')",
                        "!ip.isCanonical('2001:db8:0::1') && string(ip('2001:DB8::0:1')) == '2001:db8::1'",
                        "cidr('10.0.0.0/8').containsIP('10.1.2.3') && cidr('10.0.0.0/8').containsIP(ip('10.1.2.3'))",
                        "cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16') && cidr('10.1.2.3/8').prefixLength() == 8",
                        "string(cidr('10.1.2.3/8').masked()) == '10.0.0.0/8' && cidr('10.1.2.3/8').ip() == ip('10.1.2.3')",
                        "!isCIDR('10.0.0.0/33')",
                        "!format.dns1123Label().validate('good').hasValue()",
                        "format.named('dns1123Label').value().validate('Bad').hasValue()",
                        "format.named('nothing').hasValue() == false",
                        "semver('1.2.3').isGreaterThan(semver('1.2.3-rc.1')) && isSemver('v1.2', true)",
                        "semver('v01.2', true).compareTo(semver('1.2.0')) == 0 && semver('1.2.3').minor() == 2",
                        "self.numbers.all(i, v, i < v)",
                        "self.free == self.free",
                        "self.marks == ['b','a'] && self.marks != ['a'] && self.marks != ['a','c']",
                        "self.marks + ['c','a'] == ['c','a','b'] && (self.marks + ['c','a']).size() == 3",
                        "['b','a'] != self.marks && ['a','b'] == self.marks && self.tags != ['y','x']",
                        "self.parts == [self.parts[1], self.parts[0]] && self.parts != [self.parts[0]]",
                        "(self.parts + [self.parts[1]]).size() == 2 && [self.parts[0]] + [self.parts[0]] != self.parts",
                        "[3,1,2].sort() == [1,2,3] && [[1],[2]].flatten() == [1,2] && [1,1].distinct() == [1]",
                        "[1,2,3].slice(0, 2) == [1,2] && lists.range(2) == [0,1] && [1,2].reverse() == [2,1]",
                        "!has(self.nothing) && self.labels.transformList(k, v, k + v) == ['kv']")
                .map(Arguments::of);
    }

    private static final String OBJECT = """
            {'name':'hello','count':30,'ratio':1.5,'port':80,'size':'1Gi','at':'2026-11-21T10:00:00Z','span':'1h30m',
             'raw':'aGVsbG8=','a.b-c':'odd','namespace':'n','tags':['x','y'],'numbers':[1,2,3],'labels':{'k':'v'},
             'free':{'any':1},'marks':['a','b'],'nothing':null,'parts':[{'name':'one','count':1},{'name':'two','count':2}]}""";

    @ParameterizedTest(name = "{0}")
    @MethodSource("holding")
    void aRuleThatHoldsSaysNothingAndItsOppositeIsRefused(String rule) {
        assertThat(DefinitionRuleCheck.of(ruled(rule(rule)), "s")).isEmpty();
        assertThat(errors(ruled(rule(rule)), OBJECT, Optional.empty())).isEmpty();
        assertThat(errors(ruled(rule("!(" + rule + ")")), OBJECT, Optional.empty()))
                .containsExactly("spec: Invalid value: failed rule: !(" + rule + ")");
    }

    @Test
    void aScalarIsShownAMapIsNot() {
        var spec = json("{'type':'object','properties':{'n':{'type':'integer','x-kubernetes-validations':"
                + "[{'rule':'self < 3','message':' small please '}]}}}");
        assertThat(errors(schema(spec), "{'n':5}", Optional.empty()))
                .containsExactly("spec.n: Invalid value: 5: small please");
    }

    @Test
    void messagesReasonsAndPathsAreTheAuthors() {
        var rules = JsonReader.read("""
                [{"rule": "self.count < 3", "messageExpression": "'at most 3, not ' + self.name"},
                 {"rule": "self.count < 3", "message": "plain", "messageExpression": "string(self.count / 0)"},
                 {"rule": "has(self.other)", "message": "needed", "reason": "FieldValueRequired", "fieldPath": ".other"},
                 {"rule": "false", "message": "no", "reason": "FieldValueForbidden", "fieldPath": ".labels['a.b']"},
                 {"rule": "false", "message": "twice", "reason": "FieldValueDuplicate"}]
                """.getBytes(StandardCharsets.UTF_8));
        var schema = schema(json(SPEC).with("x-kubernetes-validations", rules));
        assertThat(DefinitionRuleCheck.of(schema, "s")).isEmpty();
        assertThat(errors(schema, "{'count':7,'name':'seven'}", Optional.empty()))
                .containsExactly(
                        "spec: Invalid value: at most 3, not seven",
                        "spec: Invalid value: plain",
                        "spec.other: Required value: needed",
                        "spec.labels.a.b: Forbidden: no",
                        "spec: Duplicate value");
    }

    @Test
    void aTransitionIsJudgedOnlyWhereThereIsAPast() {
        var schema = ruled(rule("self.count >= oldSelf.count"));
        assertThat(errors(schema, "{'count':1}", Optional.empty())).isEmpty();
        assertThat(errors(schema, "{'count':1}", Optional.of("{'count':1}"))).isEmpty();
        assertThat(errors(schema, "{'count':1}", Optional.of("{'count':2}"))).hasSize(1);
        var told = ruled(rule("self.count < 3")
                .with("messageExpression", Value.of("oldSelf.name.startsWith('h') ? 'was fine' : 'was not'")));
        // its message makes no rule one that compares: it is asked without a past, and told plainly
        assertThat(errors(told, "{'count':4,'name':'h'}", Optional.empty()))
                .containsExactly("spec: Invalid value: failed rule: self.count < 3");
        var optional = ruled(rule("oldSelf.hasValue() || self.count == 1").with("optionalOldSelf", Value.TRUE));
        assertThat(errors(optional, "{'count':2}", Optional.empty())).hasSize(1);
        assertThat(errors(optional, "{'count':2}", Optional.of("{'count':9}"))).isEmpty();
    }

    @Test
    void anItemOfAKeyedListHasAPast() {
        var items = json(
                "{'type':'object','required':['name'],'x-kubernetes-validations':"
                        + "[{'rule':'self.count >= oldSelf.count'}],'properties':{'name':{'type':'string'},'count':{'type':'integer'}}}");
        var list = json("{'type':'array','x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':['name']}");
        var keyed =
                schema(json("{'type':'object'}").with("properties", Mapping.of("parts", list.with("items", items))));
        assertThat(DefinitionRuleCheck.of(keyed, "s")).isEmpty();
        assertThat(errors(
                        keyed,
                        "{'parts':[{'name':'b','count':1},{'name':'a','count':3}]}",
                        Optional.of("{'parts':[{'name':'a','count':2},{'name':'b','count':2}]}")))
                .containsExactly("spec.parts[0]: Invalid value: failed rule: self.count >= oldSelf.count");
        var atomic = schema(json("{'type':'object'}")
                .with("properties", Mapping.of("parts", json("{'type':'array'}").with("items", items))));
        assertThat(DefinitionRuleCheck.of(atomic, "s"))
                .extracting(FieldError::sentence)
                .containsExactly("s.properties[spec].properties[parts].items.x-kubernetes-validations[0].rule: Invalid"
                        + " value: \"self.count >= oldSelf.count\": oldSelf cannot be used on the uncorrelatable portion"
                        + " of the schema within s.properties[spec].properties[parts]");
    }

    @Test
    void whatWasBrokenBeforeAndIsAsItWasIsLeftAlone() {
        var schema = ruled(rule("self.count < 3"));
        assertThat(errors(schema, "{'count':7}", Optional.of("{'count':7}"))).isEmpty();
        assertThat(errors(schema, "{'count':8}", Optional.of("{'count':7}"))).hasSize(1);
    }

    @Test
    void anErrorWhileARuleIsAskedNamesItAndTheRule() {
        assertThat(errors(ruled(rule("self.other == 'x'")), "{'count':1}", Optional.empty()))
                .containsExactly(
                        "spec: Invalid value: \"object\": no such key: other evaluating rule: self.other == 'x'");
        assertThat(errors(ruled(rule("self.tags[5] == 'x'")), "{'tags':['a']}", Optional.empty()))
                .containsExactly(
                        "spec: Invalid value: \"object\": index out of bounds: 5 evaluating rule: self.tags[5] == 'x'");
        assertThat(errors(ruled(rule("self.count / 0 == 1")), "{'count':1}", Optional.empty()))
                .containsExactly(
                        "spec: Invalid value: \"object\": division by zero evaluating rule: self.count / 0 == 1");
    }

    @Test
    void aBadRuleIsRefusedWithTheDefinition() {
        var missing = DefinitionRuleCheck.of(ruled(rule("self.nope > 1")), "spec.validation.openAPIV3Schema");
        assertThat(missing).extracting(FieldError::sentence).containsExactly("""
                spec.validation.openAPIV3Schema.properties[spec].x-kubernetes-validations[0].rule: Invalid value: \
                {"Rule":"self.nope \\u003e 1","Message":"","MessageExpression":"","Reason":null,"FieldPath":"",\
                "OptionalOldSelf":null}: compilation failed: ERROR: <input>:1:5: undefined field 'nope'
                 | self.nope > 1
                 | ....^""");
        assertThat(texts("authorizer.path('/x').check('get').allowed()").getFirst())
                .startsWith("compilation failed: ERROR: <input>:1:1: undeclared reference to 'authorizer'");
        assertThat(texts("self.name.reverse() == 'x'").getFirst())
                .contains("found no matching overload for 'reverse' applied to 'string.()'");
        assertThat(texts("self.count")).containsExactly("cel expression must evaluate to a bool");
        assertThat(texts("self.count > 'x'")).containsExactly("""
                compilation failed: ERROR: <input>:1:12: found no matching overload for '_>_' applied to '(int, string)'
                 | self.count > 'x'
                 | ...........^""");
        assertThat(texts("self.count >").getFirst())
                .startsWith("compilation failed: ERROR: <input>:1:13: Syntax error: ");
        assertThat(DefinitionRuleCheck.of(ruled(rule(" ")), "s"))
                .extracting(FieldError::message)
                .containsExactly("Required value: rule is not specified");
    }

    private static List<String> texts(String rule) {
        return DefinitionRuleCheck.of(ruled(rule(rule)), "s").stream()
                .map(error -> error.message().substring(error.message().indexOf("}: ") + 3))
                .toList();
    }

    @Test
    void theTextsAroundARuleAreChecked() {
        var rules = json("""
                {'all':[{'rule':'true','message':' '},{'rule':'true','message':'a\\nb'},{'rule':'true\\n&& true'},
                        {'rule':'true','reason':'Because'},{'rule':'true','fieldPath':'.nowhere'},
                        {'rule':'true','messageExpression':' '}]}""");
        var schema = schema(json(SPEC).with("x-kubernetes-validations", rules.sequence("all")));
        assertThat(DefinitionRuleCheck.of(schema, "s"))
                .extracting(FieldError::message)
                .containsExactly(
                        "Invalid value: \" \": must be non-empty if specified",
                        "Invalid value: \"a\\nb\": must not contain line breaks",
                        "Required value: message must be specified if rule contains line breaks",
                        "Unsupported value: \"Because\": supported values: \"FieldValueDuplicate\","
                                + " \"FieldValueForbidden\", \"FieldValueInvalid\", \"FieldValueRequired\"",
                        "Invalid value: \".nowhere\": must be a valid path",
                        "Required value: messageExpression must be non-empty if specified");
        var needless = ruled(rule("self.count > 1").with("optionalOldSelf", Value.TRUE));
        assertThat(DefinitionRuleCheck.of(needless, "s"))
                .extracting(FieldError::message)
                .containsExactly("Invalid value: true: may not be set if oldSelf is not used in rule");
    }
}
