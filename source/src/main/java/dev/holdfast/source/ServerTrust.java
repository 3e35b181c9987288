package dev.holdfast.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/// Trust in exactly the CAs of a PEM bundle, in place of the platform's, for one store. Host names are checked as
/// always.
final class ServerTrust {

    private static final int LONGEST = 1 << 20;

    private ServerTrust() {}

    /// @param url for messages
    static SSLSocketFactory in(String bundle, String url) {
        if (bundle.length() > LONGEST) throw GitFaults.noCertificate(url, "it is longer than 1 MiB");
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int count = 0;
            for (var certificate : certificates(bundle)) store.setCertificateEntry("ca" + count++, certificate);
            if (count == 0) throw GitFaults.noCertificate(url, "it has no certificate");
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException | IOException malformed) {
            throw GitFaults.noCertificate(url, "it is no PEM certificate");
        }
    }

    private static Collection<? extends Certificate> certificates(String bundle) throws GeneralSecurityException {
        var bytes = bundle.getBytes(StandardCharsets.US_ASCII);
        return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes));
    }
}
