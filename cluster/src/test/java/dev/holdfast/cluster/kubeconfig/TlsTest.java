package dev.holdfast.cluster.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsExchange;
import dev.holdfast.cluster.HttpApi;
import dev.holdfast.cluster.TestCertificates;
import dev.holdfast.cluster.fabric8.Fabric8Transport;
import dev.holdfast.cluster.light.LightTransport;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Secret;
import dev.holdfast.port.ApiTransport;
import dev.holdfast.port.ApiTransport.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Both transports against a server with a certificate, which asks for one. Making the keys takes seconds: once for
/// all tests.
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTest {

    private final TestCertificates certificates;
    private final HttpApi api;
    private final AtomicReference<String> client = new AtomicReference<>("");

    TlsTest(@TempDir Path folder) throws GeneralSecurityException, IOException {
        certificates = new TestCertificates(folder);
        api = HttpApi.secure(certificates.server());
        api.on("/x", exchange -> {
            try {
                var session = ((HttpsExchange) exchange).getSSLSession();
                client.set(session.getPeerPrincipal().getName());
            } catch (SSLPeerUnverifiedException _) {
                client.set("nobody");
            }
            HttpApi.say(exchange, 200, "{}");
        });
    }

    @AfterAll
    void stop() {
        api.close();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private String kubeconfig(String host, String trust, String user) {
        return """
                current-context: c
                contexts: [{name: c, context: {cluster: k, user: u}}]
                clusters: [{name: k, cluster: {server: "%s"%s}}]
                users: [{name: u, user: {%s}}]
                """.formatted(api.address().replace("127.0.0.1", host), trust, user);
    }

    private String trustingTheServer() throws GeneralSecurityException, IOException {
        return ", certificate-authority-data: " + base64(certificates.certificate("server"));
    }

    private String asTheClient(String key) throws GeneralSecurityException, IOException {
        return "client-certificate-data: " + base64(certificates.certificate("client")) + ", client-key-data: "
                + base64(key);
    }

    private String clientKey() throws GeneralSecurityException, IOException {
        return TestCertificates.pem("PRIVATE KEY", certificates.key("client").getEncoded());
    }

    /// Who the server saw.
    private String ask(ApiTransport transport) {
        try (transport) {
            client.set("");
            assertThat(transport.send(Request.get("/x")).status()).isEqualTo(200);
            return client.get();
        }
    }

    private static ApiTransport light(String kubeconfig) {
        return new LightTransport(Kubeconfig.load(kubeconfig, ""));
    }

    private static ApiTransport fabric8(String kubeconfig) {
        return Fabric8Transport.fromForeignKubeconfig(Secret.of(kubeconfig), "");
    }

    /// Whoever has heard enough must not wait for the server's next event, or for its goodbye.
    @Test
    void leavingAWatchTakesNoAnswerOfTheServer() throws Exception {
        var left = new CountDownLatch(1);
        api.on("/watch", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (var out = exchange.getResponseBody()) {
                out.write("event\n".getBytes(StandardCharsets.UTF_8));
                out.flush();
                left.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        var config = kubeconfig("127.0.0.1", trustingTheServer(), "token: t");
        for (var transport : List.of(light(config), fabric8(config))) {
            try (transport) {
                var leaving = Thread.startVirtualThread(() -> {
                    try (var stream = transport.open(Request.get("/watch?watch=true&timeoutSeconds=240"))) {
                        assertThat(stream.nextLine()).isNotNull();
                    }
                });
                assertThat(leaving.join(Duration.ofSeconds(20))).isTrue();
            }
        }
        left.countDown();
    }

    @Test
    void theClientCertificateIsShown() throws GeneralSecurityException, IOException {
        var config = kubeconfig("127.0.0.1", trustingTheServer(), asTheClient(clientKey()));
        assertThat(ask(light(config))).isEqualTo("CN=client");
        assertThat(ask(fabric8(config))).isEqualTo("CN=client");
    }

    @Test
    void anEcKeyInItsOlderFormIsRead() throws GeneralSecurityException, IOException {
        var number = ((ECPrivateKey) certificates.key("client")).getS().toByteArray();
        var der = new byte[51];
        // SEQUENCE { 1, the number in 32 bytes, [0] prime256v1 }
        System.arraycopy(new byte[] {0x30, 49, 2, 1, 1, 4, 32}, 0, der, 0, 7);
        int length = Math.min(32, number.length);
        System.arraycopy(number, number.length - length, der, 39 - length, length);
        var curve = new byte[] {(byte) 0xa0, 10, 6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 3, 1, 7};
        System.arraycopy(curve, 0, der, 39, 12);
        var user = asTheClient(TestCertificates.pem("EC PRIVATE KEY", der));
        var config = kubeconfig("127.0.0.1", trustingTheServer(), user);
        assertThat(ask(light(config))).isEqualTo("CN=client");
        assertThat(ask(fabric8(config))).isEqualTo("CN=client");
    }

    @Test
    void anRsaKeyInItsOlderFormIsRead() throws GeneralSecurityException, IOException {
        var key = certificates.key("server");
        // PKCS #8 of a 2048-bit key is 26 bytes and PKCS #1
        var inner = Arrays.copyOfRange(key.getEncoded(), 26, key.getEncoded().length);
        var read = Pem.key(TestCertificates.pem("RSA PRIVATE KEY", inner).getBytes(StandardCharsets.UTF_8));
        assertThat(read).isEqualTo(key);
    }

    @Test
    void brokenKeysAreRefused() {
        for (var text : List.of(
                "",
                "no pem",
                TestCertificates.pem("PRIVATE KEY", new byte[] {1, 2, 3}),
                TestCertificates.pem("EC PRIVATE KEY", new byte[] {0x30}),
                TestCertificates.pem("EC PRIVATE KEY", new byte[] {0x30, 3, 2, 1, 1}),
                TestCertificates.pem("EC PRIVATE KEY", new byte[] {0x30, 3, 2, (byte) 0x84, 1}),
                TestCertificates.pem("ENCRYPTED PRIVATE KEY", new byte[] {1}))) {
            assertThatThrownBy(() -> Pem.key(text.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(GeneralSecurityException.class);
        }
    }

    @Test
    void aServerThatNobodyVouchesForGetsNothing() {
        var config = kubeconfig("127.0.0.1", "", "token: secret-token");
        for (var transport : List.of(light(config), fabric8(config))) {
            var fault = catchThrowableOfType(FaultException.class, () -> ask(transport));
            assertThat(fault.fault().code()).isEqualTo("Unreachable");
            assertThat(fault.fault().sentence())
                    .contains("certificate authority")
                    .doesNotContain("secret-token");
        }
        assertThat(api.asked).noneMatch(asked -> asked.header("Authorization").contains("secret-token"));
    }

    @Test
    void theNameInTheCertificateCountsUnlessAnotherIsExpected() throws GeneralSecurityException, IOException {
        var trust = trustingTheServer();
        var config = kubeconfig("localhost", trust, "token: t");
        for (var transport : List.of(light(config), fabric8(config))) {
            assertThat(catchThrowableOfType(FaultException.class, () -> ask(transport)))
                    .isNotNull();
        }
        var named = trust + ", tls-server-name: kubernetes";
        assertThat(ask(light(kubeconfig("localhost", named, "token: t")))).isEqualTo("nobody");
    }

    @Test
    void verificationCanBeSwitchedOff() throws GeneralSecurityException, IOException {
        var config = kubeconfig("localhost", ", insecure-skip-tls-verify: true", asTheClient(clientKey()));
        assertThat(ask(light(config))).isEqualTo("CN=client");
        assertThat(ask(fabric8(config))).isEqualTo("CN=client");
    }
}
