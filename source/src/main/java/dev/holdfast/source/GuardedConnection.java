package dev.holdfast.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.net.URL;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManager;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.jspecify.annotations.Nullable;

/// One HTTP exchange with a Git server. Judges every answer before JGit sees it, so that JGit's own reactions (asking
/// for a password, trusting a certificate after all, falling back to plain file download) never start; bounds what is
/// read.
final class GuardedConnection implements HttpConnection {

    /// Set by us or not at all: the credential, and encodings, since an answer that unpacks without bound is a bomb.
    private static final Set<String> OURS = Set.of("authorization", "cookie", "accept-encoding");

    private final HttpURLConnection connection;
    private final GuardedConnections line;
    private final Instant deadline;
    private boolean judged;

    GuardedConnection(HttpURLConnection connection, GuardedConnections line, Instant deadline) {
        this.connection = connection;
        this.line = line;
        this.deadline = deadline;
    }

    @Override
    public int getResponseCode() throws IOException {
        int status;
        try {
            status = connection.getResponseCode();
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
                line.checkRedirect(connection.getURL(), connection.getHeaderField("Location"));
            case HTTP_UNAUTHORIZED -> throw GitFaults.credentialRefused(line.name(), line.hasCredential(), status);
            case HTTP_FORBIDDEN -> {
                if (connection.getHeaderField("Retry-After") != null) {
                    throw GitFaults.unreachable(line.name(), "it asks to come back later (403)", null);
                }
                throw GitFaults.credentialRefused(line.name(), line.hasCredential(), status);
            }
            case HTTP_NOT_FOUND, HttpURLConnection.HTTP_GONE ->
                throw GitFaults.notFound(line.name(), line.hasCredential());
            default -> throw GitFaults.unreachable(line.name(), "it answered " + status, null);
        }
    }

    private void judgeContent() {
        var type = connection.getContentType();
        var plain = type == null ? "" : type.toLowerCase(Locale.ROOT);
        var encoding = connection.getContentEncoding();
        if (!plain.startsWith("application/x-git-") || encoding != null && !encoding.equals("identity")) {
            throw GitFaults.notAGitServer(line.name(), plain);
        }
    }

    private RuntimeException failed(IOException failure) {
        if (failure instanceof SSLPeerUnverifiedException
                || failure instanceof SSLException && causedByCertificate(failure)) {
            return GitFaults.certificateRefused(line.name(), line.hasTrust(), failure);
        }
        return failure instanceof SSLException
                ? GitFaults.unreachable(line.name(), "no TLS connection with it comes about", failure)
                : GitFaults.unreachable(line.name(), failure);
    }

    private static boolean causedByCertificate(Throwable failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException || cause instanceof java.security.cert.CertPathBuilderException) {
                return true;
            }
        }
        return false;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        getResponseCode();
        return new BoundedStream(connection.getInputStream(), line, deadline);
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        try {
            return connection.getOutputStream();
        } catch (IOException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void connect() throws IOException {
        try {
            connection.connect();
        } catch (IOException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setRequestProperty(String key, String value) {
        if (!OURS.contains(key.toLowerCase(Locale.ROOT))) connection.setRequestProperty(key, value);
    }

    /// Trust is the store's, whatever JGit was told.
    @Override
    public void configure(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {}

    @Override
    public void setHostnameVerifier(HostnameVerifier verifier) {}

    @Override
    public void setInstanceFollowRedirects(boolean followRedirects) {}

    @Override
    public void setConnectTimeout(int timeout) {}

    @Override
    public void setReadTimeout(int timeout) {}

    @Override
    public URL getURL() {
        return connection.getURL();
    }

    @Override
    public String getResponseMessage() throws IOException {
        return "status " + connection.getResponseCode();
    }

    @Override
    public Map<String, List<String>> getHeaderFields() {
        return connection.getHeaderFields();
    }

    @Override
    public List<String> getHeaderFields(String name) {
        for (var field : connection.getHeaderFields().entrySet()) {
            if (name.equalsIgnoreCase(field.getKey())) return field.getValue();
        }
        return List.of();
    }

    @Override
    public @Nullable String getHeaderField(String name) {
        return connection.getHeaderField(name);
    }

    @Override
    public void setRequestMethod(String method) throws ProtocolException {
        connection.setRequestMethod(method);
    }

    @Override
    public String getRequestMethod() {
        return connection.getRequestMethod();
    }

    @Override
    public void setUseCaches(boolean usecaches) {
        connection.setUseCaches(usecaches);
    }

    @Override
    public @Nullable String getContentType() {
        return connection.getContentType();
    }

    @Override
    public int getContentLength() {
        return connection.getContentLength();
    }

    @Override
    public void setDoOutput(boolean dooutput) {
        connection.setDoOutput(dooutput);
    }

    @Override
    public void setFixedLengthStreamingMode(int contentLength) {
        connection.setFixedLengthStreamingMode(contentLength);
    }

    @Override
    public void setChunkedStreamingMode(int chunkLength) {
        connection.setChunkedStreamingMode(chunkLength);
    }

    @Override
    public boolean usingProxy() {
        return connection.usingProxy();
    }
}
