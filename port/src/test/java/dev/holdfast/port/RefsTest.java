package dev.holdfast.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefsTest {

    private static final String A = "a".repeat(40);
    private static final String B = "b".repeat(40);
    private static final String C = "c".repeat(40);
    private static final Map<String, String> REFS = new TreeMap<>(Map.of(
            "HEAD", A,
            "refs/heads/main", A,
            "refs/heads/feature/x", B,
            "refs/heads/both", B,
            "refs/tags/both", C,
            "refs/tags/v1.0", C,
            "refs/pull/7/head", B));

    @ParameterizedTest
    @CsvSource({
        "HEAD,                 HEAD,                 a",
        "main,                 refs/heads/main,      a",
        "feature/x,            refs/heads/feature/x, b",
        "v1.0,                 refs/tags/v1.0,       c",
        "refs/tags/v1.0,       refs/tags/v1.0,       c",
        "refs/tags/both,       refs/tags/both,       c",
        "refs/pull/7/head,     refs/pull/7/head,     b",
        "refs/heads/feature/x, refs/heads/feature/x, b"
    })
    void findsBranchesTagsAndFullRefs(String wanted, String ref, String commit) {
        assertThat(Refs.resolve(REFS, Optional.of(wanted))).isEqualTo(new Refs.Resolved(ref, commit.repeat(40), ""));
    }

    @Test
    void headIsMeantWhereNothingIsSaid() {
        assertThat(Refs.resolve(REFS, Optional.empty()).commit()).isEqualTo(A);
        assertThat(Refs.resolve(REFS, Optional.of("")).commit()).isEqualTo(A);
    }

    @Test
    void aCommitIsItself() {
        var any = "0123456789abcdef0123456789ABCDEF01234567";
        assertThat(Refs.resolve(REFS, Optional.of(any)).commit()).isEqualTo("0123456789abcdef0123456789abcdef01234567");
        assertThat(Refs.resolve(Map.of(), Optional.of(any)).note()).isEmpty();
    }

    @Test
    void aBranchGoesBeforeATagAndSaysSo() {
        var both = Refs.resolve(REFS, Optional.of("both"));

        assertThat(both.ref()).isEqualTo("refs/heads/both");
        assertThat(both.commit()).isEqualTo(B);
        assertThat(both.note()).contains("refs/tags/both");
    }

    @Test
    void namesSimilarRefsWhereOneIsMissing() {
        var fault = fault(REFS, "mian");

        assertThat(fault.code()).isEqualTo("RefNotFound");
        assertThat(fault.explanation().next()).contains("It has main,");
        assertThat(fault.explanation().next().split(",")).hasSizeLessThanOrEqualTo(5);
        assertThat(fault(REFS, "refs/heads/gone").code()).isEqualTo("RefNotFound");
        assertThat(fault(REFS, "aaaaaaa").code()).isEqualTo("RefNotFound");
    }

    @Test
    void similarNamesOfAStrangerAreHarmlessToPrint() {
        var refs = new TreeMap<>(Map.of("refs/heads/ma\u001b[31min\u202e", A));

        assertThat(fault(refs, "main").sentence()).doesNotContain("\u001b").doesNotContain("\u202e");
    }

    @Test
    void anEmptyRepositoryHasItsOwnCode() {
        assertThat(fault(Map.of(), "main").code()).isEqualTo("RepositoryEmpty");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-u./x",
                "--upload-pack=x",
                "main..next",
                "refs/heads/../../config",
                "@{-1}",
                "@",
                "main@{1}",
                "main^",
                "main~1",
                "main:path",
                "a b",
                "a\nb",
                "a\u0000b",
                "*",
                "a?",
                "[x",
                "a\\b",
                "/a",
                "a/",
                "a//b",
                ".a",
                "a/.b",
                "a.lock",
                "a.lock/b",
                "a."
            })
    void refusesWhatIsNoName(String name) {
        assertThat(fault(REFS, name).code()).isEqualTo("RefRefused");
        assertThat(fault(Map.of(), name).code()).isEqualTo("RefRefused");
    }

    private static Fault fault(Map<String, String> refs, String wanted) {
        var thrown = catchThrowableOfType(FaultException.class, () -> Refs.resolve(refs, Optional.of(wanted)));
        assertThat(thrown).as(wanted).isNotNull();
        assertThat(thrown.fault()).isInstanceOf(Fault.Terminal.class);
        return thrown.fault();
    }
}
