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
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;

/// A certificate for this machine's loopback addresses, signed by its own key and made anew at every start. kubectl
/// sends credentials over TLS only; the kubeconfig carries the certificate, so nothing else has to trust it.
final class SelfSigned {

    private static final char[] PASSWORD = "in memory only".toCharArray();
    private static final Duration LIFE = Duration.ofDays(365);
    private static final byte[] ECDSA_SHA256 = oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02);
    private static final byte[] COMMON_NAME = oid(0x55, 0x04, 0x03);
    private static final byte[] BASIC_CONSTRAINTS = oid(0x55, 0x1d, 0x13);
    private static final byte[] ALTERNATIVE_NAMES = oid(0x55, 0x1d, 0x11);

    private final KeyStore store;
    private final Certificate certificate;

    private SelfSigned(KeyStore store, Certificate certificate) {
        this.store = store;
        this.certificate = certificate;
    }

    static SelfSigned make(Instant now) throws IOException {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var pair = generator.generateKeyPair();
            var certificate = CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(certificate(pair, now)));
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, PASSWORD);
            store.setKeyEntry("sandbox", pair.getPrivate(), PASSWORD, new Certificate[] {certificate});
            return new SelfSigned(store, certificate);
        } catch (GeneralSecurityException broken) {
            throw new IOException("this Java cannot make a certificate: " + broken.getMessage(), broken);
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
            var body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException broken) {
            throw new IOException("the certificate cannot be written", broken);
        }
    }

    private static byte[] certificate(KeyPair pair, Instant now) throws GeneralSecurityException {
        var algorithm = sequence(ECDSA_SHA256);
        var name = sequence(der(
                0x31, sequence(COMMON_NAME, der(0x0c, "holdfast-sandbox".getBytes(StandardCharsets.UTF_8)))));
        var serial = BigInteger.valueOf(now.toEpochMilli());
        var constraints =
                sequence(BASIC_CONSTRAINTS, der(0x01, (byte) 0xff), der(0x04, sequence(der(0x01, (byte) 0xff))));
        var addresses = sequence(
                der(0x87, (byte) 127, (byte) 0, (byte) 0, (byte) 1),
                der(0x87, new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}),
                der(0x82, "localhost".getBytes(StandardCharsets.UTF_8)));
        var names = sequence(ALTERNATIVE_NAMES, der(0x04, addresses));
        var content = sequence(
                der(0xa0, der(0x02, (byte) 2)),
                der(0x02, serial.toByteArray()),
                algorithm,
                name,
                sequence(time(now.minus(Duration.ofHours(1))), time(now.plus(LIFE))),
                name,
                pair.getPublic().getEncoded(),
                der(0xa3, sequence(constraints, names)));
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
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
