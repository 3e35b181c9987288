package dev.holdfast.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.sandbox.door.ClientCertificate;
import dev.holdfast.sandbox.door.HttpDoor;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

/// Source: "X509 client certificates" in the documentation of Kubernetes' authentication.
class ClientCertificateTest {

    private static final char[] PASSWORD = "test".toCharArray();

    private static Certificate certificate(String pem) throws Exception {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
    }

    private static HttpClient client(HttpDoor door, Optional<ClientCertificate> shown) throws Exception {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, PASSWORD);
        trusted.setCertificateEntry("door", certificate(door.certificate().orElseThrow()));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var own = KeyStore.getInstance("PKCS12");
        own.load(null, PASSWORD);
        if (shown.isPresent()) {
            var pem = shown.get().key().replaceAll("-----[A-Z ]+-----|\\s", "");
            var key = KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
            own.setKeyEntry("me", key, PASSWORD, new Certificate[] {
                certificate(shown.get().certificate())
            });
        }
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD);
        var tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(tls).build();
    }

    private static String ask(HttpClient client, HttpDoor door, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(door.url() + path)).build();
        var reply = client.send(request, BodyHandlers.ofString());
        return reply.statusCode() + " " + reply.body();
    }

    @Test
    void aCertificateSaysWhoAsks() throws Exception {
        try (var sandbox = Sandbox.start(SandboxOptions.inMemory(3), new ThreadTasks());
                var door = sandbox.listen(HttpDoor.Options.loopback(0).over(HttpDoor.Wire.TLS))) {
            var path = "/api/v1/namespaces/default/secrets";
            var master = door.issue("root", List.of("system:masters"), Instant.now());
            assertThat(ask(client(door, Optional.of(master)), door, path)).startsWith("200");
            var jane = door.issue("jane", List.of("dev"), Instant.now());
            assertThat(ask(client(door, Optional.of(jane)), door, path))
                    .startsWith("403")
                    .contains("User \\\"jane\\\"");
            assertThat(ask(client(door, Optional.empty()), door, path))
                    .startsWith("403")
                    .contains("system:anonymous");
        }
    }
}
