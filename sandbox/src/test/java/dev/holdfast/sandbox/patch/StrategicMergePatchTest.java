package dev.holdfast.sandbox.patch;

import static dev.holdfast.sandbox.patch.Patches.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Mapping;
import dev.holdfast.sandbox.kind.Recorded;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class StrategicMergePatchTest {

    private static final PatchRules RULES = Patches.merging(
            Map.of("containers", "name", "env", "name", "ports", "containerPort", "finalizers", "", "volumes", "name"));

    private record Case(String name, String original, String patch, String expected) {}

    /// As the documentation of kubectl describes patches, and as the server's code behaves where it is silent.
    private static final List<Case> CASES = List.of(
            new Case("an empty patch changes nothing", "{'a':{'b':[1]}}", "{}", "{'a':{'b':[1]}}"),
            new Case("null deletes", "{'a':1,'b':2}", "{'a':null,'c':null}", "{'b':2}"),
            new Case("maps are merged", "{'a':{'b':1}}", "{'a':{'c':2}}", "{'a':{'b':1,'c':2}}"),
            new Case("lists are replaced", "{'args':[1,2]}", "{'args':[3]}", "{'args':[3]}"),
            new Case("a new map comes without nulls", "{}", "{'a':{'b':null,'c':1}}", "{'a':{'c':1}}"),
            new Case(
                    "containers are merged by name",
                    "{'containers':[{'name':'a','image':'1'},{'name':'b'}]}",
                    "{'containers':[{'name':'a','image':'2'}]}",
                    "{'containers':[{'name':'a','image':'2'},{'name':'b'}]}"),
            new Case(
                    "a new item follows",
                    "{'containers':[{'name':'a'}]}",
                    "{'containers':[{'name':'z'}]}",
                    "{'containers':[{'name':'z'},{'name':'a'}]}"),
            new Case(
                    "$patch: delete removes an item",
                    "{'containers':[{'name':'a'},{'name':'b'}]}",
                    "{'containers':[{'name':'a','$patch':'delete'}]}",
                    "{'containers':[{'name':'b'}]}"),
            new Case(
                    "$patch: replace replaces a list",
                    "{'containers':[{'name':'a'},{'name':'b'}]}",
                    "{'containers':[{'$patch':'replace'},{'name':'c'}]}",
                    "{'containers':[{'name':'c'}]}"),
            new Case(
                    "$patch: replace replaces a map",
                    "{'a':{'b':1}}",
                    "{'a':{'$patch':'replace','c':2}}",
                    "{'a':{'c':2}}"),
            new Case("$patch: delete empties a map", "{'a':{'b':1}}", "{'a':{'$patch':'delete'}}", "{'a':{}}"),
            new Case("$patch: delete of nothing is nothing", "{}", "{'a':{'$patch':'delete'}}", "{}"),
            new Case(
                    "$retainKeys drops the rest",
                    "{'s':{'type':'R','rolling':{'x':1}}}",
                    "{'s':{'$retainKeys':['type'],'type':'C'}}",
                    "{'s':{'type':'C'}}"),
            new Case(
                    "single values are merged",
                    "{'finalizers':['a','b']}",
                    "{'finalizers':['c','a']}",
                    "{'finalizers':['c','a','b']}"),
            new Case(
                    "$deleteFromPrimitiveList takes away",
                    "{'finalizers':['a','b','c']}",
                    "{'$deleteFromPrimitiveList/finalizers':['a','z']}",
                    "{'finalizers':['b','c']}"),
            new Case(
                    "$setElementOrder sorts",
                    "{'containers':[{'name':'a'},{'name':'b'},{'name':'c'}]}",
                    "{'$setElementOrder/containers':[{'name':'c'},{'name':'a'}]}",
                    "{'containers':[{'name':'b'},{'name':'c'},{'name':'a'}]}"),
            new Case(
                    "$setElementOrder sorts with a patch",
                    "{'env':[{'name':'a'},{'name':'b'}]}",
                    "{'$setElementOrder/env':[{'name':'n'},{'name':'b'},{'name':'a'}],'env':[{'name':'n','value':'1'}]}",
                    "{'env':[{'name':'n','value':'1'},{'name':'b'},{'name':'a'}]}"),
            new Case("$setElementOrder of what is not there", "{}", "{'$setElementOrder/env':[{'name':'b'}]}", "{}"),
            new Case(
                    "equal keys stay apart",
                    "{'ports':[{'containerPort':1,'protocol':'TCP'},{'containerPort':1,'protocol':'UDP'}]}",
                    "{'ports':[{'containerPort':1,'name':'x'}]}",
                    "{'ports':[{'containerPort':1,'protocol':'TCP','name':'x'},{'containerPort':1,'protocol':'UDP'}]}"),
            new Case(
                    "inner directives of new items are not kept",
                    "{'containers':[]}",
                    "{'containers':[{'name':'a','$setElementOrder/env':[{'name':'x'}],'env':[{'name':'x'}]}]}",
                    "{'containers':[{'name':'a','env':[{'name':'x'}]}]}"));

    private static final List<Case> REFUSED = List.of(
            new Case("an item without key", "{'env':[{'name':'a'}]}", "{'env':[{'value':'a'}]}", "INTERNAL"),
            new Case("an unknown directive", "{'a':{'b':1}}", "{'a':{'$patch':'frob'}}", "INTERNAL"),
            new Case(
                    "$patch: merge in a list",
                    "{'env':[{'name':'a'}]}",
                    "{'env':[{'$patch':'merge','name':'a'}]}",
                    "INTERNAL"),
            new Case("retained keys that are no list", "{'a':{'b':1}}", "{'a':{'$retainKeys':'b'}}", "MALFORMED"),
            new Case("a field that is not retained", "{'a':{'b':1}}", "{'a':{'$retainKeys':['b'],'c':1}}", "MALFORMED"),
            new Case(
                    "a contradicting order",
                    "{'env':[]}",
                    "{'$setElementOrder/env':[{'name':'a'},{'name':'b'}],'env':[{'name':'b'},{'name':'a'}]}",
                    "MALFORMED"),
            new Case("an order that is no list", "{}", "{'$setElementOrder/env':1}", "MALFORMED"),
            new Case("a list of lists", "{'finalizers':[[1]]}", "{'finalizers':[[2]]}", "UNPROCESSABLE"),
            new Case("maps among single values", "{'finalizers':['a']}", "{'finalizers':[{'name':'b'}]}", "INTERNAL"));

    @TestFactory
    Stream<DynamicTest> mergesAsDocumented() {
        return CASES.stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.name(),
                        () -> assertThat(
                                        StrategicMergePatch.apply(object(each.original()), object(each.patch()), RULES))
                                .isEqualTo(new Patched.Done(object(each.expected())))));
    }

    @TestFactory
    Stream<DynamicTest> refusesMalformedPatches() {
        return REFUSED.stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.name(),
                        () -> assertThat(
                                        StrategicMergePatch.apply(object(each.original()), object(each.patch()), RULES))
                                .isInstanceOfSatisfying(
                                        Patched.Refused.class,
                                        refused -> assertThat(refused.blame().name())
                                                .isEqualTo(each.expected()))));
    }

    /// Only names and order of the containers: the rest is defaulting.
    @Test
    void ordersContainersAsRecorded() {
        var before = Recorded.exchange("apply-deployment", "quantity spelt otherwise by other")
                .answered();
        for (var step : List.of("strategic on deployment", "strategic delete and order", "strategic replace list")) {
            var exchange = Recorded.exchange("update-and-patch", step);
            var patched = StrategicMergePatch.apply(before, exchange.body(), RULES);
            assertThat(patched)
                    .isInstanceOfSatisfying(
                            Patched.Done.class,
                            done -> assertThat(names((Mapping) done.value())).isEqualTo(names(exchange.answered())));
            before = exchange.answered();
        }
    }

    private static List<String> names(Mapping deployment) {
        return deployment.sequence("spec", "template", "spec", "containers").mappings().stream()
                .map(container -> container.text("name").orElse("") + "="
                        + container.text("image").orElse(""))
                .toList();
    }
}
