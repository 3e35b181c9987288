package dev.holdfast.source;

import dev.holdfast.model.FaultException;
import dev.holdfast.port.GitHost.Credential;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.jspecify.annotations.Nullable;

/// The connections of one store: to its own origin and to no other, with its own credential and its own trust. A
/// redirect within the origin is followed by JGit (five at most); one that leaves it is refused, so neither a
/// credential nor a request goes to a server that nobody named.
final class GuardedConnections {

    private final RepositoryUrl origin;
    private final Optional<String> authorization;
    private final @Nullable SSLSocketFactory trust;
    private final GitSettings.TransferLimits limits;
    private final Supplier<Instant> clock;

    GuardedConnections(
            RepositoryUrl origin,
            Optional<Credential> credential,
            GitSettings.TransferLimits limits,
            Supplier<Instant> clock) {
        this.origin = origin;
        this.authorization = credential.flatMap(GuardedConnections::basic);
        this.trust = credential
                .flatMap(Credential::certificateAuthority)
                .map(bundle -> ServerTrust.in(bundle, origin.name()))
                .orElse(null);
        this.limits = limits;
        this.clock = clock;
    }

    /// A token without a user goes as the password of `git`: GitHub, GitLab, Gitea and Bitbucket take any user
    /// there.
    private static Optional<String> basic(Credential credential) {
        if (credential.user().isEmpty() && credential.password().isEmpty()) return Optional.empty();
        var pair = credential.user().filter(user -> !user.isEmpty()).orElse("git") + ":"
                + credential.password().map(secret -> secret.reveal()).orElse("");
        return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    /// The connections of one call of the store, which has its deadline.
    HttpConnectionFactory until(Instant deadline) {
        return new HttpConnectionFactory() {
            @Override
            public HttpConnection create(URL url) throws IOException {
                return open(url, Proxy.NO_PROXY, deadline);
            }

            @Override
            public HttpConnection create(URL url, Proxy proxy) throws IOException {
                return open(url, proxy, deadline);
            }
        };
    }

    private HttpConnection open(URL url, Proxy proxy, Instant deadline) throws IOException {
        checkOrigin(url.toString());
        return new GuardedConnection(URL.of(URI.create(url.toString()), opened(url)), proxy, this, deadline);
    }

    /// Opens as the JDK does, and sets what is the store's own.
    private URLStreamHandler opened(URL plain) {
        return new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL url) throws IOException {
                return openConnection(url, Proxy.NO_PROXY);
            }

            @Override
            protected URLConnection openConnection(URL url, Proxy proxy) throws IOException {
                var connection = (HttpURLConnection) plain.openConnection(proxy);
                if (connection instanceof HttpsURLConnection secure && trust != null) {
                    secure.setSSLSocketFactory(trust);
                }
                connection.setConnectTimeout(Math.toIntExact(limits.connect().toMillis()));
                connection.setReadTimeout(Math.toIntExact(limits.silence().toMillis()));
                connection.setInstanceFollowRedirects(false);
                authorization.ifPresent(header -> connection.setRequestProperty("Authorization", header));
                return connection;
            }
        };
    }

    String name() {
        return origin.name();
    }

    FaultException refused(int status) {
        return authorization.isPresent()
                ? GitFaults.credentialRefused(name(), status)
                : GitFaults.credentialMissing(name(), status);
    }

    FaultException absent() {
        return authorization.isPresent() ? GitFaults.notFoundFor(name()) : GitFaults.notFound(name());
    }

    FaultException untrusted(IOException cause) {
        var next = trust != null
                ? "Put the CA that signed it into ca.crt of the repository's Secret"
                : "If a CA of your own signed it, put that into ca.crt of a Secret labelled " + GitFaults.LABEL;
        return GitFaults.certificateRefused(name(), next, cause);
    }

    GitSettings.TransferLimits limits() {
        return limits;
    }

    Instant now() {
        return clock.get();
    }

    /// @throws FaultException `RedirectRefused` where a redirect leads away from the origin
    void checkRedirect(URL from, @Nullable String location) {
        if (location == null) return;
        try {
            checkOrigin(from.toURI().resolve(location).toString());
        } catch (java.net.URISyntaxException | IllegalArgumentException malformed) {
            throw GitFaults.redirectRefused(origin.name(), "a malformed URL");
        }
    }

    private void checkOrigin(String url) {
        try {
            var uri = new URI(url);
            var base = new URI(uri.getScheme(), uri.getRawAuthority(), "/", null, null);
            var target = RepositoryUrl.parse(base.toString());
            if (target.sameOrigin(origin)) return;
            throw GitFaults.redirectRefused(origin.name(), target.name());
        } catch (java.net.URISyntaxException malformed) {
            throw GitFaults.redirectRefused(origin.name(), "a malformed URL");
        }
    }
}
