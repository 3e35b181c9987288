package dev.holdfast.cluster;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/// The fault of a request that got no answer. It may or may not have taken effect.
public final class Unreachable {

    private static final int LONGEST_REASON = 300;

    private Unreachable() {}

    /// `server` is an address without credentials.
    public static FaultException because(String server, Throwable cause) {
        var root = root(cause);
        var next = tls(cause)
                ? "Check the certificate authority in the kubeconfig and the server's certificate"
                : next(root);
        var fault = Fault.temporary("Unreachable", "no answer from " + server + ": " + reason(root), next);
        return new FaultException(fault, cause);
    }

    private static String next(Throwable root) {
        return switch (root) {
            case UnknownHostException _ -> "Check the server's address in the kubeconfig";
            case ConnectException _ -> "Check that the API server runs and that its address is right";
            default -> "It is tried again; check the network and the API server";
        };
    }

    private static boolean tls(Throwable cause) {
        var inner = cause;
        for (int depth = 0; inner != null && depth < 10; depth++) {
            if (inner instanceof SSLException) return true;
            inner = inner.getCause();
        }
        return false;
    }

    private static Throwable root(Throwable cause) {
        var root = cause;
        // the innermost says what happened; a circle of causes ends somewhere
        for (int depth = 0; depth < 10; depth++) {
            var inner = root.getCause();
            if (inner == null) return root;
            root = inner;
        }
        return root;
    }

    private static String reason(Throwable root) {
        var message = root.getMessage();
        var words = message == null || message.isBlank()
                ? root.getClass().getSimpleName()
                : message.replaceAll("[\\p{Cntrl}\\s]+", " ");
        if (root instanceof UnknownHostException) words = "the host name is not known";
        return words.length() <= LONGEST_REASON ? words : words.substring(0, LONGEST_REASON) + "…";
    }
}
