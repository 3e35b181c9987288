package dev.holdfast.cluster.light;

import dev.holdfast.cluster.kubeconfig.Kubeconfig;
import dev.holdfast.cluster.kubeconfig.Kubeconfig.Verification;
import dev.holdfast.cluster.kubeconfig.TlsMaterial;
import java.io.IOException;
import java.net.Socket;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// TLS as a kubeconfig wants it.
final class Tls {

    private final SSLSocketFactory sockets;
    private final Verification verification;
    private final String host;

    private Tls(SSLSocketFactory sockets, Verification verification, String host) {
        this.sockets = sockets;
        this.verification = verification;
        this.host = host;
    }

    /// `host` is the name that the server's certificate must bear.
    static Tls of(Kubeconfig.Trust trust, Optional<Kubeconfig.Certificate> identity, String host) {
        var context = TlsMaterial.context(trust, identity);
        var name = trust.serverName().isEmpty() ? host : trust.serverName();
        return new Tls(context.getSocketFactory(), trust.verification(), name);
    }

    /// Secures a connected socket.
    SSLSocket over(Socket plain, int port) throws IOException {
        var socket = (SSLSocket) sockets.createSocket(plain, host, port, true);
        if (verification == Verification.FULL) {
            var parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
        }
        socket.startHandshake();
        return socket;
    }
}
