package dev.holdfast.cluster.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.cluster.kubeconfig.Kubeconfig.Bearer;
import dev.holdfast.cluster.kubeconfig.Kubeconfig.Verification;
import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubeconfigTest {

    private static final String FULL = """
            apiVersion: v1
            kind: Config
            current-context: dev
            clusters:
            - name: one
              cluster: {server: "https://one:6443/", certificate-authority-data: Y2E=, tls-server-name: kubernetes}
            - name: two
              cluster: {server: "http://127.0.0.1:8080/base", insecure-skip-tls-verify: true, proxy-url: "http://p:3128"}
            contexts:
            - name: dev
              context: {cluster: one, user: cert, namespace: team-a}
            - name: plain
              context: {cluster: two}
            - name: basic
              context: {cluster: two, user: basic}
            - name: plugin
              context: {cluster: two, user: plugin}
            users:
            - name: cert
              user: {client-certificate-data: Yw==, client-key-data: aw==, token: hidden-token}
            - name: basic
              user: {username: me, password: hidden-password}
            - name: plugin
              user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: aws, args: [eks, get-token], env: [{name: A, value: b}], installHint: install aws}}
            """;

    @TempDir
    private Path folder = Path.of("");

    private static Fault faultOf(String text, String context) {
        return catchThrowableOfType(FaultException.class, () -> Kubeconfig.load(text, context))
                .fault();
    }

    @Test
    void theCurrentContextIsTaken() {
        var config = Kubeconfig.load(FULL, "");
        assertThat(config.context()).isEqualTo("dev");
        assertThat(config.server()).isEqualTo("https://one:6443");
        assertThat(config.namespace()).isEqualTo("team-a");
        assertThat(config.trust().serverName()).isEqualTo("kubernetes");
        assertThat(config.trust().verification()).isEqualTo(Verification.FULL);
        assertThat(new String(config.trust().authority().orElseThrow().read(), StandardCharsets.UTF_8))
                .isEqualTo("ca");
        var certificate = config.user().certificate().orElseThrow();
        assertThat(new String(certificate.key().read(), StandardCharsets.UTF_8)).isEqualTo("k");
        assertThat(config.user().bearer()).isEqualTo(new Bearer.Token(Secret.of("hidden-token")));
    }

    @Test
    void anotherContextCanBeNamed() {
        var plain = Kubeconfig.load(FULL, "plain");
        assertThat(plain.server()).isEqualTo("http://127.0.0.1:8080/base");
        assertThat(plain.namespace()).isEqualTo("default");
        assertThat(plain.proxy()).isEqualTo("http://p:3128");
        assertThat(plain.trust().verification()).isEqualTo(Verification.NONE);
        assertThat(plain.user()).isEqualTo(Kubeconfig.User.NOBODY);
        assertThat(Kubeconfig.load(FULL, "basic").user().bearer())
                .isEqualTo(new Bearer.Basic("me", Secret.of("hidden-password")));
        var exec = Kubeconfig.load(FULL, "plugin").user().exec().orElseThrow();
        assertThat(exec.command()).containsExactly("aws", "eks", "get-token");
        assertThat(exec.environment()).containsEntry("A", "b");
    }

    @Test
    void nothingSecretIsPrinted() {
        for (var context : List.of("dev", "basic")) {
            assertThat(Kubeconfig.load(FULL, context).toString())
                    .doesNotContain("hidden")
                    .doesNotContain("aw==");
        }
        var broken = faultOf("users: [{name: a, user: {token: hidden-token", "");
        assertThat(broken.sentence()).doesNotContain("hidden");
        assertThat(faultOf(FULL.replace("https://one:6443/", "ftp://me:hidden@host"), "")
                        .sentence())
                .doesNotContain("hidden");
    }

    @Test
    void whatIsMissingIsNamedWithWhatThereIs() {
        assertThat(faultOf(FULL, "nope").sentence())
                .contains("no context `nope`")
                .contains("dev, plain");
        assertThat(faultOf(FULL.replace("cluster: one,", "cluster: three,"), "").sentence())
                .contains("no cluster `three`")
                .contains("one, two");
        assertThat(faultOf(FULL.replace("user: cert,", "user: who,"), "").sentence())
                .contains("no user `who`");
        assertThat(faultOf("{}", "").sentence()).contains("no current context");
    }

    @Test
    void filesAreMergedAndTheirPathsAreTheirOwn() throws IOException {
        var other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("token"), "from-file\n");
        var first = Files.writeString(
                folder.resolve("first"), "contexts: [{name: x, context: {cluster: k, user: u}}]\ncurrent-context: x\n");
        var second = Files.writeString(other.resolve("second"), """
                current-context: ignored
                contexts: [{name: x, context: {cluster: other}}]
                clusters: [{name: k, cluster: {server: "https://k", certificate-authority: ca.pem}}]
                users: [{name: u, user: {tokenFile: token}}]
                """);
        var config = Kubeconfig.load(List.of(folder.resolve("absent"), first, second), "");
        assertThat(config.server()).isEqualTo("https://k");
        assertThat(config.trust().authority().orElseThrow())
                .hasToString(other.resolve("ca.pem").toString());
        assertThat(config.user().bearer())
                .isInstanceOfSatisfying(
                        Bearer.TokenFile.class,
                        token -> assertThat(new String(token.file().read(), StandardCharsets.UTF_8))
                                .isEqualTo("from-file\n"));
        var missing = catchThrowableOfType(
                FaultException.class,
                () -> config.trust().authority().orElseThrow().read());
        assertThat(missing.fault().sentence()).contains("ca.pem");
    }

    @Test
    void noFileAtAllIsSaid() {
        var fault = catchThrowableOfType(
                FaultException.class, () -> Kubeconfig.load(List.of(folder.resolve("absent")), ""));
        assertThat(fault.fault().code()).isEqualTo("NoKubeconfig");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "users: [{name: a, user: {exec: {command: sh}}}]",
                "users: [{name: a, user: {auth-provider: {name: gcp}}}]",
                "users: [{name: a, user: {client-certificate: /etc/passwd}}]",
                "users: [{name: a, user: {client-key: /etc/passwd}}]",
                "users: [{name: a, user: {tokenFile: /var/run/secrets/kubernetes.io/serviceaccount/token}}]",
                "clusters: [{name: a, cluster: {certificate-authority: ca.pem}}]",
                "{users: [{name: fine, user: {token: t}}, {name: a, user: {exec: {}}}]}"
            })
    void aForeignKubeconfigMayNotRunProgramsOrReadFiles(String text) {
        var fault = catchThrowableOfType(
                FaultException.class, () -> KubeconfigPolicy.refuseForeignPower(Kubeconfig.parse("x", text)));
        assertThat(fault.fault().code()).isEqualTo("KubeconfigRefused");
        assertThat(fault.fault().sentence()).contains("`a`");
    }

    @Test
    void aForeignKubeconfigWithInlineCredentialsIsFine() {
        assertThatCode(() -> KubeconfigPolicy.refuseForeignPower(Kubeconfig.parse(
                        "x",
                        "{users: [{name: a, user: {token: t, exec: null, tokenFile: \"\"}}],"
                                + " clusters: [{name: a, cluster: {certificate-authority-data: Y2E=}}]}")))
                .doesNotThrowAnyException();
    }
}
