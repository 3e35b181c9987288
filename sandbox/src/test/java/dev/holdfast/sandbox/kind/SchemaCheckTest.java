package dev.holdfast.sandbox.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Gvk;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SchemaCheckTest {

    private record Case(String kind, String object, String failure) {}

    private static final List<Case> FAILURES = List.of(
            new Case(
                    "Deployment",
                    "{'spec':{'replicas':'3'}}",
                    "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32"),
            new Case(
                    "Deployment",
                    "{'spec':{'replicas':3000000000}}",
                    "json: cannot unmarshal number 3000000000 into Go struct field DeploymentSpec.spec.replicas of type int32"),
            new Case(
                    "Deployment",
                    "{'spec':{'replicas':1.5}}",
                    "json: cannot unmarshal number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32"),
            new Case(
                    "Deployment",
                    "{'spec':{'template':{'spec':{'containers':{'name':'c'}}}}}",
                    "json: cannot unmarshal object into Go struct field PodSpec.spec.template.spec.containers of type []v1.Container"),
            new Case(
                    "Deployment",
                    "{'spec':{'template':{'spec':{'containers':[{'name':1}]}}}}",
                    "json: cannot unmarshal number into Go struct field Container.spec.template.spec.containers.name of type string"),
            new Case(
                    "ConfigMap",
                    "{'data':{'a':1}}",
                    "json: cannot unmarshal number into Go struct field ConfigMap.data of type string"),
            new Case(
                    "ConfigMap",
                    "{'data':[]}",
                    "json: cannot unmarshal array into Go struct field ConfigMap.data of type map[string]string"),
            new Case(
                    "ConfigMap",
                    "{'metadata':{'labels':{'a':true}}}",
                    "json: cannot unmarshal bool into Go struct field ObjectMeta.metadata.labels of type string"),
            new Case("Pod", "{'spec':{'containers':[{'resources':{'limits':{'cpu':'one'}}}]}}", Quantity.FORMAT_ERROR),
            new Case("Secret", "{'data':{'a':'!'}}", "illegal base64 data at input byte 0"));

    @TestFactory
    Stream<DynamicTest> failsAsGoDoes() {
        return FAILURES.stream()
                .map(each -> DynamicTest.dynamicTest(each.object(), () -> {
                    var gvk = Gvk.of(each.kind().equals("Deployment") ? "apps/v1" : "v1", each.kind());
                    assertThat(SchemaCheck.of(gvk, Recorded.json(each.object().replace('\'', '"')))
                                    .failure())
                            .contains(each.failure());
                }));
    }

    @Test
    void failsAsRecordedForANameThatIsABoolean() {
        var failure = SchemaCheck.of(Gvk.of("v1", "ConfigMap"), Recorded.json("{\"metadata\":{\"name\":true}}"))
                .failure();
        var answer = Recorded.exchange("update-and-patch", "create yaml name that is a boolean")
                .answered();
        assertThat("ConfigMap in version \"v1\" cannot be handled as a ConfigMap: " + failure.orElse(""))
                .isEqualTo(answer.text("message").orElse(""));
    }

    @Test
    void namesUnknownFieldsWithTheirPlace() {
        var object = "{'spec':{'x':1,'template':{'spec':{'containers':[{'name':'c'},{'imag':'i'}]}}},'y':{}}";
        assertThat(SchemaCheck.of(Gvk.of("apps/v1", "Deployment"), Recorded.json(object.replace('\'', '"')))
                        .complaints())
                .containsExactly(
                        "unknown field \"spec.x\"",
                        "unknown field \"spec.template.spec.containers[1].imag\"",
                        "unknown field \"y\"");
    }

    @TestFactory
    Stream<DynamicTest> knowsEverythingThatWasRecorded() {
        return Recorded.defaultingPairs().stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    var stored = Recorded.file("kubernetes-1.34/defaults/" + name + ".out.json");
                    var result = SchemaCheck.of(Recorded.gvk(stored), stored);
                    assertThat(result.failure()).isEmpty();
                    assertThat(result.unknown()).isEmpty();
                }));
    }
}
