package dev.holdfast.cluster.kubeconfig;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// Certificates and private keys in PEM, also in the older forms of OpenSSL that the JDK does not read.
final class Pem {

    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");

    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
    /// rsaEncryption, with its null parameter.
    private static final byte[] RSA = new byte[] {
        0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00
    };
    /// id-ecPublicKey; its parameter is the curve.
    private static final byte[] EC = new byte[] {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01};

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    /// `[0]` in an EC key: the curve.
    private static final int CURVE = 0xa0;

    private Pem() {}

    static List<Certificate> certificates(byte[] pem) throws GeneralSecurityException {
        var factory = CertificateFactory.getInstance("X.509");
        var certificates = new ArrayList<Certificate>();
        var blocks = BLOCK.matcher(new String(pem, StandardCharsets.ISO_8859_1));
        while (blocks.find()) {
            if (blocks.group(1).equals("CERTIFICATE")) {
                certificates.add(factory.generateCertificate(new ByteArrayInputStream(decoded(blocks.group(2)))));
            }
        }
        if (certificates.isEmpty()) throw new GeneralSecurityException("there is no certificate in it");
        return certificates;
    }

    static PrivateKey key(byte[] pem) throws GeneralSecurityException {
        var blocks = BLOCK.matcher(new String(pem, StandardCharsets.ISO_8859_1));
        while (blocks.find()) {
            switch (blocks.group(1)) {
                case "PRIVATE KEY" -> {
                    return key(new PKCS8EncodedKeySpec(decoded(blocks.group(2))));
                }
                case "RSA PRIVATE KEY" -> {
                    return key(new PKCS8EncodedKeySpec(wrapped(RSA, decoded(blocks.group(2)))));
                }
                case "EC PRIVATE KEY" -> {
                    var inner = decoded(blocks.group(2));
                    return key(new PKCS8EncodedKeySpec(wrapped(joined(EC, curve(inner)), inner)));
                }
                case "ENCRYPTED PRIVATE KEY" -> throw new GeneralSecurityException("the key has a pass phrase");
                default -> {
                    // parameters of a curve, certificates beside the key
                }
            }
        }
        throw new GeneralSecurityException("there is no private key in it");
    }

    private static byte[] decoded(String base64) throws GeneralSecurityException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException _) {
            throw new GeneralSecurityException("it is no base64");
        }
    }

    private static PrivateKey key(PKCS8EncodedKeySpec spec) throws GeneralSecurityException {
        for (var algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException _) {
                // of another algorithm, perhaps
            }
        }
        throw new GeneralSecurityException("the key is neither RSA nor EC nor Ed25519");
    }

    /// PKCS #8 around a key of an older form.
    private static byte[] wrapped(byte[] algorithm, byte[] key) {
        return element(SEQUENCE, joined(VERSION_0, element(SEQUENCE, algorithm), element(OCTETS, key)));
    }

    /// The curve that an EC key names: SEQUENCE { version, octets, [0] curve, … }.
    private static byte[] curve(byte[] key) throws GeneralSecurityException {
        int at = content(key, 0);
        while (at < key.length) {
            int start = content(key, at);
            int end = start + length(key, at);
            if (end > key.length) break;
            if ((key[at] & 0xff) == CURVE) return java.util.Arrays.copyOfRange(key, start, end);
            at = end;
        }
        throw new GeneralSecurityException("the EC key does not name its curve");
    }

    private static int content(byte[] der, int at) throws GeneralSecurityException {
        if (at + 1 >= der.length) throw new GeneralSecurityException("the key ends too early");
        int first = der[at + 1] & 0xff;
        return at + 2 + (first < 0x80 ? 0 : first - 0x80);
    }

    private static int length(byte[] der, int at) throws GeneralSecurityException {
        int first = der[at + 1] & 0xff;
        if (first < 0x80) return first;
        int octets = first - 0x80;
        if (octets > 2 || at + 2 + octets > der.length) throw new GeneralSecurityException("the key is malformed");
        int length = 0;
        for (int i = 0; i < octets; i++) length = length << 8 | der[at + 2 + i] & 0xff;
        return length;
    }

    private static byte[] element(int tag, byte[] content) {
        var out = new ByteArrayOutputStream(content.length + 4);
        out.write(tag);
        if (content.length >= 0x100) {
            out.write(0x82);
            out.write(content.length >> 8);
        } else if (content.length >= 0x80) {
            out.write(0x81);
        }
        out.write(content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (var part : parts) out.writeBytes(part);
        return out.toByteArray();
    }
}
