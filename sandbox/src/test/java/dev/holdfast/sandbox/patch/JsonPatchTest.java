package dev.holdfast.sandbox.patch;

import static dev.holdfast.sandbox.patch.Patches.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Value;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class JsonPatchTest {

    private record Case(String name, String document, String patch, String expected) {}

    /// The examples of RFC 6902, appendix A, and what the API server's library adds.
    private static final List<Case> ACCEPTED = List.of(
            new Case(
                    "adds a member",
                    "{'foo':'bar'}",
                    "[{'op':'add','path':'/baz','value':'q'}]",
                    "{'baz':'q','foo':'bar'}"),
            new Case("adds an item", "{'a':[1,3]}", "[{'op':'add','path':'/a/1','value':2}]", "{'a':[1,2,3]}"),
            new Case("adds at the end", "{'a':[1]}", "[{'op':'add','path':'/a/-','value':2}]", "{'a':[1,2]}"),
            new Case("adds at the length", "{'a':[1]}", "[{'op':'add','path':'/a/1','value':2}]", "{'a':[1,2]}"),
            new Case("replaces what is there", "{'a':1}", "[{'op':'add','path':'/a','value':2}]", "{'a':2}"),
            new Case("removes a member", "{'a':1,'b':2}", "[{'op':'remove','path':'/a'}]", "{'b':2}"),
            new Case("removes an item", "{'a':[1,2,3]}", "[{'op':'remove','path':'/a/1'}]", "{'a':[1,3]}"),
            new Case("replaces a value", "{'a':1}", "[{'op':'replace','path':'/a','value':[2]}]", "{'a':[2]}"),
            new Case(
                    "moves a value",
                    "{'a':{'x':1},'b':{}}",
                    "[{'op':'move','from':'/a/x','path':'/b/y'}]",
                    "{'a':{},'b':{'y':1}}"),
            new Case("moves an item", "{'a':[1,2,3]}", "[{'op':'move','from':'/a/0','path':'/a/2'}]", "{'a':[2,3,1]}"),
            new Case(
                    "copies a value",
                    "{'a':{'x':1}}",
                    "[{'op':'copy','from':'/a','path':'/b'}]",
                    "{'a':{'x':1},'b':{'x':1}}"),
            new Case("tests a value", "{'a':[1,'x']}", "[{'op':'test','path':'/a/1','value':'x'}]", "{'a':[1,'x']}"),
            new Case("tests a missing one for null", "{}", "[{'op':'test','path':'/a','value':null}]", "{}"),
            new Case("tests numbers by value", "{'a':1.0}", "[{'op':'test','path':'/a','value':1}]", "{'a':1}"),
            new Case("ignores unknown members", "{}", "[{'op':'add','path':'/a','value':1,'x':2}]", "{'a':1}"),
            new Case("adds null", "{}", "[{'op':'add','path':'/a','value':null}]", "{'a':null}"),
            new Case(
                    "reads escapes",
                    "{'a/b':1,'~1':2}",
                    "[{'op':'remove','path':'/a~1b'},{'op':'test','path':'/~01','value':2}]",
                    "{'~1':2}"),
            new Case("knows empty keys", "{'':1}", "[{'op':'replace','path':'/','value':2}]", "{'':2}"),
            new Case("replaces the document", "{'a':1}", "[{'op':'replace','path':'','value':{'b':2}}]", "{'b':2}"),
            new Case("counts from the end", "{'a':[1,2,3]}", "[{'op':'remove','path':'/a/-1'}]", "{'a':[1,2]}"),
            new Case(
                    "does one after the other",
                    "{}",
                    "[{'op':'add','path':'/a','value':{}},{'op':'add','path':'/a/b','value':1}]",
                    "{'a':{'b':1}}"));

    private static final List<Case> REFUSED = List.of(
            new Case(
                    "a missing parent",
                    "{'metadata':{}}",
                    "[{'op':'add','path':'/metadata/annotations/x','value':'y'}]",
                    "UNPROCESSABLE"),
            new Case(
                    "a failed test",
                    "{'data':{'n':'1'}}",
                    "[{'op':'test','path':'/data/n','value':'5'}]",
                    "UNPROCESSABLE"),
            new Case("an unknown operation", "{}", "[{'op':'frob','path':'/data/n'}]", "UNPROCESSABLE"),
            new Case("removing nothing", "{}", "[{'op':'remove','path':'/a'}]", "UNPROCESSABLE"),
            new Case("replacing nothing", "{}", "[{'op':'replace','path':'/a','value':1}]", "UNPROCESSABLE"),
            new Case("an index past the end", "{'a':[1]}", "[{'op':'add','path':'/a/2','value':1}]", "UNPROCESSABLE"),
            new Case(
                    "an index with a leading zero", "{'a':[1,2]}", "[{'op':'remove','path':'/a/01'}]", "UNPROCESSABLE"),
            new Case(
                    "a number too large for an index",
                    "{'a':[1]}",
                    "[{'op':'remove','path':'/a/99999999999999'}]",
                    "UNPROCESSABLE"),
            new Case("moving into itself", "{'a':{}}", "[{'op':'move','from':'/a','path':'/a/b'}]", "UNPROCESSABLE"),
            new Case("a path without slash", "{'a':1}", "[{'op':'remove','path':'a'}]", "UNPROCESSABLE"),
            new Case("no path", "{'a':1}", "[{'op':'remove'}]", "UNPROCESSABLE"),
            new Case("no value", "{'a':1}", "[{'op':'add','path':'/b'}]", "UNPROCESSABLE"),
            new Case("an object for a patch", "{}", "{'op':'add'}", "MALFORMED"),
            new Case("a text for an operation", "{}", "['add']", "MALFORMED"));

    @TestFactory
    Stream<DynamicTest> appliesEveryOperation() {
        return ACCEPTED.stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.name(),
                        () -> assertThat(JsonPatch.apply(json(each.document()), json(each.patch())))
                                .isEqualTo(new Patched.Done(json(each.expected())))));
    }

    @TestFactory
    Stream<DynamicTest> refusesWhatDoesNotFit() {
        return REFUSED.stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.name(),
                        () -> assertThat(JsonPatch.apply(json(each.document()), json(each.patch())))
                                .isInstanceOfSatisfying(
                                        Patched.Refused.class,
                                        refused -> assertThat(refused.blame().name())
                                                .isEqualTo(each.expected()))));
    }

    @Test
    void stopsCopiesOfCopies() {
        var text = "x".repeat(1_000);
        var patch = new StringBuilder("[");
        for (int i = 0; i < 40; i++)
            patch.append("{'op':'copy','from':'/a','path':'/a/c").append(i).append("'},");
        patch.append("{'op':'test','path':'/z','value':null}]");
        var patched = JsonPatch.apply(json("{'a':{'t':'" + text + "'}}"), json(patch.toString()));
        assertThat(patched).isInstanceOf(Patched.Refused.class);
    }

    @Test
    void refusesMoreThanTenThousandOperations() {
        var operation = json("{'op':'test','path':'/z','value':null}");
        var patch = Value.of(java.util.Collections.nCopies(10_001, operation));
        assertThat(JsonPatch.apply(json("{}"), patch))
                .isEqualTo(new Patched.Refused(
                        Patched.Blame.TOO_LARGE, "The allowed maximum operations in a JSON patch is 10000, got 10001"));
    }
}
