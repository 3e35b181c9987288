package dev.holdfast.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URL;
import java.security.SecureRandom;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManager;
import org.eclipse.jgit.transport.http.JDKHttpConnection;

/// One HTTP exchange with a Git server. Judges every answer before JGit sees it, so that JGit's own reactions
/// (asking for a password, trusting a certificate after all, falling back to plain file download) never start;
/// bounds what is read.
final class GuardedConnection extends JDKHttpConnection {

    /// Set by us or not at all: the credential, and encodings, since an answer that unpacks without bound is a
    /// bomb.
    private static final Set<String> OURS = Set.of("authorization", "cookie", "accept-encoding");

    private final GuardedConnections line;
    private final Instant deadline;
    private boolean judged;

    GuardedConnection(URL url, Proxy proxy, GuardedConnections line, Instant deadline) throws IOException {
        super(url, proxy);
        this.line = line;
        this.deadline = deadline;
    }

    @Override
    public int getResponseCode() throws IOException {
        int status;
        try {
            status = super.getResponseCode();
        } catch (HttpRetryException streamed) {
            // how the JDK reports a refusal of a request whose body it has not kept
            status = streamed.responseCode();
        } catch (IOException failure) {
            throw failed(failure);
        }
        if (!judged) {
            judge(status);
            judged = true;
        }
        return status;
    }

    private void judge(int status) {
        switch (status) {
            case HTTP_OK -> judgeContent();
            case HTTP_MOVED_PERM, HTTP_MOVED_TEMP, HTTP_SEE_OTHER, HTTP_11_MOVED_TEMP, HTTP_11_MOVED_PERM ->
                line.checkRedirect(getURL(), getHeaderField("Location"));
            case HTTP_UNAUTHORIZED -> throw line.refused(status);
            case HTTP_FORBIDDEN -> {
                if (getHeaderField("Retry-After") != null) {
                    throw GitFaults.unreachable(line.name(), "it asks to come back later (403)", null);
                }
                throw line.refused(status);
            }
            case HTTP_NOT_FOUND, HttpURLConnection.HTTP_GONE -> throw line.absent();
            default -> throw GitFaults.unreachable(line.name(), "it answered " + status, null);
        }
    }

    private void judgeContent() {
        var type = getContentType();
        var plain = type == null ? "" : type.toLowerCase(Locale.ROOT);
        var encoding = getHeaderField("Content-Encoding");
        if (!plain.startsWith("application/x-git-") || encoding != null && !encoding.equals("identity")) {
            throw GitFaults.notAGitServer(line.name(), plain);
        }
    }

    private RuntimeException failed(IOException failure) {
        if (!(failure instanceof SSLException)) return GitFaults.unreachable(line.name(), failure);
        return failure instanceof SSLPeerUnverifiedException || causedByCertificate(failure)
                ? line.untrusted(failure)
                : GitFaults.unreachable(line.name(), "no TLS connection with it comes about", failure);
    }

    private static boolean causedByCertificate(Throwable failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException || cause instanceof CertPathBuilderException) return true;
        }
        return false;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        getResponseCode();
        return new BoundedStream(super.getInputStream(), line, deadline);
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        try {
            return super.getOutputStream();
        } catch (IOException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void connect() throws IOException {
        try {
            super.connect();
        } catch (IOException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setRequestProperty(String key, String value) {
        if (!OURS.contains(key.toLowerCase(Locale.ROOT))) super.setRequestProperty(key, value);
    }

    @Override
    public String getResponseMessage() throws IOException {
        return "status " + super.getResponseCode();
    }

    /// Trust and time limits are the store's, whatever JGit was told.
    @Override
    public void configure(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {}

    @Override
    public void setHostnameVerifier(HostnameVerifier verifier) {}

    @Override
    public void setConnectTimeout(int timeout) {}

    @Override
    public void setReadTimeout(int timeout) {}
}
