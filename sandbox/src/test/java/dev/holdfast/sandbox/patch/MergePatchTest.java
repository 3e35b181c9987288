package dev.holdfast.sandbox.patch;

import static dev.holdfast.sandbox.patch.Patches.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fields.MergePatch;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class MergePatchTest {

    /// The test cases of RFC 7386, appendix A: target, patch, result.
    private static final List<List<String>> CASES = List.of(
            List.of("{'a':'b'}", "{'a':'c'}", "{'a':'c'}"),
            List.of("{'a':'b'}", "{'b':'c'}", "{'a':'b','b':'c'}"),
            List.of("{'a':'b'}", "{'a':null}", "{}"),
            List.of("{'a':'b','b':'c'}", "{'a':null}", "{'b':'c'}"),
            List.of("{'a':['b']}", "{'a':'c'}", "{'a':'c'}"),
            List.of("{'a':'c'}", "{'a':['b']}", "{'a':['b']}"),
            List.of("{'a':{'b':'c'}}", "{'a':{'b':'d','c':null}}", "{'a':{'b':'d'}}"),
            List.of("{'a':[{'b':'c'}]}", "{'a':[1]}", "{'a':[1]}"),
            List.of("['a','b']", "['c','d']", "['c','d']"),
            List.of("{'a':'b'}", "['c']", "['c']"),
            List.of("{'a':'foo'}", "null", "null"),
            List.of("{'a':'foo'}", "'bar'", "'bar'"),
            List.of("{'e':null}", "{'a':1}", "{'e':null,'a':1}"),
            List.of("[1,2]", "{'a':'b','c':null}", "{'a':'b'}"),
            List.of("{}", "{'a':{'bb':{'ccc':null}}}", "{'a':{'bb':{}}}"));

    @TestFactory
    Stream<DynamicTest> mergesAsTheStandardSays() {
        return CASES.stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.get(0) + " + " + each.get(1),
                        () -> assertThat(MergePatch.apply(json(each.get(0)), json(each.get(1))))
                                .isEqualTo(json(each.get(2)))));
    }
}
