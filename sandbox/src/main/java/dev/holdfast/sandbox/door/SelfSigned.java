package dev.holdfast.sandbox.door;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;

/// A certificate for this machine's loopback addresses, signed by its own key and made anew at every start. kubectl
/// sends credentials over TLS only; the kubeconfig carries the certificate, so nothing else has to trust it.
final class SelfSigned {

    private static final char[] PASSWORD = "in memory only".toCharArray();
    private static final Duration LIFE = Duration.ofDays(365);
    private static final byte[] ECDSA_SHA256 = oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02);
    private static final byte[] COMMON_NAME = oid(0x55, 0x04, 0x03);
    private static final byte[] ORGANIZATION = oid(0x55, 0x04, 0x0a);
    private static final byte[] BASIC_CONSTRAINTS = oid(0x55, 0x1d, 0x13);
    private static final byte[] ALTERNATIVE_NAMES = oid(0x55, 0x1d, 0x11);

    private final KeyStore store;
    private final Certificate certificate;
    private final KeyPair pair;

    private SelfSigned(KeyStore store, Certificate certificate, KeyPair pair) {
        this.store = store;
        this.certificate = certificate;
        this.pair = pair;
    }

    /// These stores never leave the process. The usual kind would protect their keys by ten thousand rounds of a
    /// hash, twice, which is a tenth of a second of the start.
    private static final String IN_MEMORY = "JKS";

    private static final byte[] OWN_NAME = sequence(attribute(COMMON_NAME, "holdfast-sandbox"));

    static SelfSigned make(Instant now) throws IOException {
        try {
            var pair = keys();
            var certificate = read(certificate(pair, OWN_NAME, pair.getPublic(), own(), now));
            var store = KeyStore.getInstance(IN_MEMORY);
            store.load(null, PASSWORD);
            store.setKeyEntry("sandbox", pair.getPrivate(), PASSWORD, new Certificate[] {certificate});
            return new SelfSigned(store, certificate, pair);
        } catch (GeneralSecurityException broken) {
            throw new IOException("this Java cannot make a certificate: " + broken.getMessage(), broken);
        }
    }

    private static KeyPair keys() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static Certificate read(byte[] certificate) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
    }

    /// A certificate for a client, as Kubernetes reads it: the common name is the user, each organization a group.
    ClientCertificate issue(String user, List<String> groups, Instant now) throws IOException {
        try {
            var client = keys();
            var name = new ByteArrayOutputStream();
            for (var group : groups) name.writeBytes(attribute(ORGANIZATION, group));
            name.writeBytes(attribute(COMMON_NAME, user));
            var constraints = sequence(sequence(BASIC_CONSTRAINTS, der(0x04, sequence())));
            var issued = read(certificate(pair, sequence(name.toByteArray()), client.getPublic(), constraints, now));
            return new ClientCertificate(
                    pem("CERTIFICATE", issued.getEncoded()),
                    pem("PRIVATE KEY", client.getPrivate().getEncoded()));
        } catch (GeneralSecurityException broken) {
            throw new IOException("this Java cannot make a certificate: " + broken.getMessage(), broken);
        }
    }

    /// What clients' certificates must be signed by.
    KeyStore authority() throws IOException {
        try {
            var authority = KeyStore.getInstance(IN_MEMORY);
            authority.load(null, PASSWORD);
            authority.setCertificateEntry("sandbox", certificate);
            return authority;
        } catch (GeneralSecurityException broken) {
            throw new IOException("this Java cannot hold a certificate: " + broken.getMessage(), broken);
        }
    }

    KeyStore store() {
        return store;
    }

    String password() {
        return new String(PASSWORD);
    }

    /// The certificate in PEM.
    String pem() throws IOException {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException broken) {
            throw new IOException("the certificate cannot be written", broken);
        }
    }

    private static String pem(String title, byte[] content) {
        var body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + title + "-----\n" + body + "\n-----END " + title + "-----\n";
    }

    private static byte[] attribute(byte[] type, String value) {
        return der(0x31, sequence(type, der(0x0c, value.getBytes(StandardCharsets.UTF_8))));
    }

    /// It signs others, and stands for this machine.
    private static byte[] own() {
        var constraints =
                sequence(BASIC_CONSTRAINTS, der(0x01, (byte) 0xff), der(0x04, sequence(der(0x01, (byte) 0xff))));
        var addresses = sequence(
                der(0x87, (byte) 127, (byte) 0, (byte) 0, (byte) 1),
                der(0x87, new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}),
                der(0x82, "localhost".getBytes(StandardCharsets.UTF_8)));
        return sequence(constraints, sequence(ALTERNATIVE_NAMES, der(0x04, addresses)));
    }

    private static byte[] certificate(KeyPair signer, byte[] subject, PublicKey key, byte[] extensions, Instant now)
            throws GeneralSecurityException {
        var algorithm = sequence(ECDSA_SHA256);
        var serial = new BigInteger(63, new SecureRandom()).add(BigInteger.ONE);
        var content = sequence(
                der(0xa0, der(0x02, (byte) 2)),
                der(0x02, serial.toByteArray()),
                algorithm,
                OWN_NAME,
                sequence(time(now.minus(Duration.ofHours(1))), time(now.plus(LIFE))),
                subject,
                key.getEncoded(),
                der(0xa3, extensions));
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(signer.getPrivate());
        signature.update(content);
        return sequence(content, algorithm, der(0x03, joined(new byte[] {0}, signature.sign())));
    }

    private static byte[] time(Instant time) {
        var text = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(time);
        return der(0x17, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] oid(int... bytes) {
        var content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) content[i] = (byte) bytes[i];
        return der(0x06, content);
    }

    private static byte[] sequence(byte[]... parts) {
        return der(0x30, joined(parts));
    }

    /// A tag, the length and the content, as DER has it.
    private static byte[] der(int tag, byte... content) {
        var out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else if (content.length < 0x100) {
            out.write(0x81);
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length & 0xff);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (var part : parts) out.writeBytes(part);
        return out.toByteArray();
    }
}
