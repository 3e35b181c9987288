package dev.holdfast.sandbox.door;

import java.io.ByteArrayInputStream;
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
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;

/// A certificate for 127.0.0.1 and localhost that signs itself, made anew at every start: clients of Kubernetes send tokens over TLS
/// only. The platform can make keys but no certificates, so its few fields are written here (RFC 5280).
final class ServerCertificate {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final byte[] ECDSA_SHA256 = Der.sequence(Der.id(1, 2, 840, 10045, 4, 3, 2));

    private final KeyPair keys;
    private final Certificate certificate;

    private ServerCertificate(KeyPair keys, Certificate certificate) {
        this.keys = keys;
        this.certificate = certificate;
    }

    static ServerCertificate make(Instant now) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var keys = generator.generateKeyPair();
            var body = body(keys, now);
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(body);
            var whole = Der.sequence(body, ECDSA_SHA256, Der.bits(signature.sign()));
            var factory = CertificateFactory.getInstance("X.509");
            return new ServerCertificate(keys, factory.generateCertificate(new ByteArrayInputStream(whole)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has EC and X.509", impossible);
        }
    }

    private static byte[] body(KeyPair keys, Instant now) {
        var name = Der.sequence(Der.set(Der.sequence(Der.id(2, 5, 4, 3), Der.utf8("holdfast-sandbox"))));
        var begin = now.minusSeconds(3600);
        var end = now.plusSeconds(10L * 365 * 24 * 3600);
        var validity = Der.sequence(Der.time(TIME.format(begin)), Der.time(TIME.format(end)));
        var version = Der.tagged(0xa0, Der.number(BigInteger.TWO));
        var serial = Der.number(BigInteger.valueOf(now.toEpochMilli()));
        return Der.sequence(
                version, serial, ECDSA_SHA256, name, validity, name, keys.getPublic().getEncoded(), extensions());
    }

    private static byte[] extensions() {
        var localhost = Der.tagged(0x82, "localhost".getBytes(StandardCharsets.US_ASCII));
        var loopback = Der.tagged(0x87, new byte[] {127, 0, 0, 1});
        var names = Der.sequence(Der.id(2, 5, 29, 17), Der.octets(Der.sequence(localhost, loopback)));
        var authority = Der.sequence(Der.id(2, 5, 29, 19), Der.truth(), Der.octets(Der.sequence(Der.truth())));
        return Der.tagged(0xa3, Der.sequence(names, authority));
    }

    /// For a TLS server; the password protects nothing, it never leaves this process.
    KeyStore keyStore(String password) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", keys.getPrivate(), password.toCharArray(), new Certificate[] {certificate});
            return store;
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException("a key store in memory", impossible);
        }
    }

    String pem() {
        try {
            var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("it was just made", impossible);
        }
    }
}
