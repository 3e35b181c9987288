package dev.holdfast.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Secret;
import dev.holdfast.port.GitHost.Credential;
import dev.holdfast.port.GitHost.Remote;
import dev.holdfast.source.LocalRepository.Change;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// TLS with a CA of one's own: trusted by the store that names it, and by no other.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CertificateTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private Path folder = Path.of("");
    private TestServer server;
    private TestServer elsewhere;
    private JGitHost host;
    private String trusted = "";
    private String other = "";
    private String commit = "";

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException, GeneralSecurityException {
        folder = temporary;
        var good = key("good", "ip:127.0.0.1");
        trusted = pem(good);
        var wrongName = key("wrong", "dns:elsewhere.example.org");
        other = pem(wrongName);
        server = TestServer.start(context(good));
        elsewhere = TestServer.start(context(wrongName));
        var repository = LocalRepository.create(folder.resolve("shop"), InstantSource.system());
        commit = repository.commit(Change.on("main", "first").with("a.yaml", "a: 1"));
        server.mount("shop", repository);
        elsewhere.mount("shop", repository);
        host = new JGitHost(GitSettings.in(folder.resolve("cache"), Secret.of("key")), new TestingTasks());
    }

    @AfterAll
    void stop() {
        host.close();
        server.close();
        elsewhere.close();
    }

    @Test
    void aCaOfOnesOwnIsTrustedByItsStore() {
        var store = host.store(remote(server, Optional.of(trusted)));

        assertThat(store.refs()).containsEntry("HEAD", commit);
        store.fetch(Set.of(commit));
        assertThat(store.snapshot(commit).read("a.yaml")).hasSize(4);
    }

    @Test
    void noOtherStoreTrustsIt() {
        host.store(remote(server, Optional.of(trusted))).refs();

        assertThat(fault(remote(server, Optional.empty())).code()).isEqualTo("CertificateRefused");
        assertThat(fault(remote(server, Optional.of(other))).code()).isEqualTo("CertificateRefused");
        assertThat(host.store(remote(server, Optional.of(other + "\n" + trusted)))
                        .refs())
                .isNotEmpty();
    }

    @Test
    void theRefusalSaysWhatToDo() {
        var fault = fault(remote(server, Optional.empty()));

        assertThat(fault).isInstanceOf(Fault.Terminal.class);
        assertThat(fault.sentence()).contains(server.url("shop"), "ca.crt");
    }

    @Test
    void aTrustedCertificateOfAnotherHostIsRefused() {
        assertThat(fault(remote(elsewhere, Optional.of(other))).code()).isEqualTo("CertificateRefused");
    }

    @Test
    void aBundleThatIsNoneIsNamed() {
        for (var bundle : List.of("", "canary", "-----BEGIN CERTIFICATE-----\ncanary\n-----END CERTIFICATE-----")) {
            var failure =
                    catchThrowableOfType(FaultException.class, () -> host.store(remote(server, Optional.of(bundle))));
            assertThat(failure.fault().code()).isEqualTo("CertificateRefused");
            assertThat(failure.fault().sentence()).contains("PEM").doesNotContain("canary");
        }
    }

    @Test
    void plainHttpOnATlsPortIsAPassingFault() {
        var url = server.url("shop").replace("https://", "http://");

        assertThat(fault(new Remote(url, Optional.empty()))).isInstanceOf(Fault.Transient.class);
    }

    private Fault fault(Remote remote) {
        var failure = catchThrowableOfType(
                FaultException.class, () -> host.store(remote).refs());
        assertThat(failure).as("a fault").isNotNull();
        return failure.fault();
    }

    private static Remote remote(TestServer at, Optional<String> authority) {
        var credential = new Credential(Optional.empty(), Optional.empty(), authority);
        return new Remote(at.url("shop"), authority.map(_ -> credential));
    }

    private static SSLContext context(KeyStore keys) throws GeneralSecurityException {
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /// A self-signed key made by the JDK's keytool.
    private KeyStore key(String name, String subject) throws IOException, GeneralSecurityException {
        var file = folder.resolve(name + ".p12");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair"));
        command.addAll(List.of("-alias", name, "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "30"));
        command.addAll(List.of("-dname", "CN=" + name, "-ext", "san=" + subject, "-storetype", "PKCS12"));
        command.addAll(List.of("-storepass", new String(PASSWORD), "-keystore", file.toString()));
        var process = new ProcessBuilder(command).inheritIO().start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        try (var in = Files.newInputStream(file)) {
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD);
            return keys;
        }
    }

    private static String pem(KeyStore keys) throws GeneralSecurityException {
        var certificate = keys.getCertificate(keys.aliases().nextElement());
        var lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(certificate.getEncoded());
        return "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n";
    }
}
