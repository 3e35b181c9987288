package dev.holdfast.cluster.kubeconfig;

import dev.holdfast.cluster.kubeconfig.Kubeconfig.Verification;
import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Whom a kubeconfig trusts and what it shows, in the JDK's terms.
public final class TlsMaterial {

    private TlsMaterial() {}

    public static SSLContext context(Kubeconfig.Trust trust, Optional<Kubeconfig.Certificate> identity) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(keyManagers(identity), trustManagers(trust), null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java runtime has no TLS", impossible);
        }
    }

    /// Null means the runtime's own.
    public static TrustManager @Nullable [] trustManagers(Kubeconfig.Trust trust) {
        if (trust.verification() == Verification.NONE) return new TrustManager[] {new TrustsAll()};
        var authority = trust.authority();
        if (authority.isEmpty()) return null;
        try {
            var store = emptyStore();
            int number = 0;
            for (var certificate : Pem.certificates(authority.get().read())) {
                store.setCertificateEntry("ca" + number++, certificate);
            }
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException | IOException unusable) {
            throw unusable("certificate-authority", unusable);
        }
    }

    public static KeyManager @Nullable [] keyManagers(Optional<Kubeconfig.Certificate> identity) {
        if (identity.isEmpty()) return null;
        try {
            var store = emptyStore();
            var chain = Pem.certificates(identity.get().certificate().read()).toArray(Certificate[]::new);
            store.setKeyEntry("client", Pem.key(identity.get().key().read()), new char[0], chain);
            var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, new char[0]);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException | IOException unusable) {
            throw unusable("client-certificate or client-key", unusable);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static FaultException unusable(String field, Exception cause) {
        return new FaultException(Fault.terminal(
                "InvalidKubeconfig",
                "the " + field + " of the kubeconfig cannot be used: " + cause.getMessage(),
                "Check that it is PEM and whole"));
    }

    /// For `insecure-skip-tls-verify`. The extended form, so that no check of the host is added around it.
    private static final class TrustsAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
