package dev.holdfast.source;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A repository's URL, taken apart: two that mean the same repository have the same {@link #name}. Compared as
/// parts, never as text, since `https://git.corp` is a prefix of `https://git.corp.evil` but no neighbour of it.
///
/// @param scheme `https`, `http` or `file`
/// @param host in lower case, with `[]` around an IPv6 address; empty for `file`
/// @param port the scheme's own where the URL names none; -1 for `file`
/// @param segments of the path, without a final `.git`
/// @param written the path as it was written, without a final `/`: some servers know a repository under one form
/// only
record RepositoryUrl(String scheme, String host, int port, List<String> segments, String written) {

    private static final int LONGEST = 2048;

    RepositoryUrl {
        segments = List.copyOf(segments);
    }

    /// Takes a URL apart without judging its scheme's policy.
    /// @throws FaultException `UrlRefused` for everything that is no plain URL of a known scheme
    static RepositoryUrl parse(String text) {
        if (text.length() > LONGEST) throw refused("(" + text.length() + " characters)", "it is too long", "");
        if (text.chars().anyMatch(c -> c <= ' ' || c == 0x7f || c == '\\' || c >= 0x80)) {
            throw refused(
                    printable(text),
                    "it has blanks, control characters, backslashes or characters beyond ASCII",
                    "Write other characters percent-encoded, and host names in their ASCII form");
        }
        if (text.startsWith("/")) return local(text);
        if (text.startsWith("ssh:") || text.matches("[A-Za-z0-9._-]+@[A-Za-z0-9._-]+:.*")) {
            throw refused(
                    withoutUser(text),
                    "ssh is not supported yet",
                    "Use the https URL with a token or user and password");
        }
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException malformed) {
            throw refused(withoutUser(text), "it is no URL", "Write it like https://host/path/repository.git");
        }
        var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (scheme.equals("file")) return local(localPath(uri));
        if (!Set.of("https", "http").contains(scheme)) {
            throw refused(
                    withoutUser(text),
                    scheme.isEmpty() ? "it has no scheme" : "the scheme " + scheme + " is not supported",
                    "Write it like https://host/path/repository.git");
        }
        return remote(uri, scheme);
    }

    private static RepositoryUrl remote(URI uri, String scheme) {
        var shown = withoutUser(uri.toString());
        if (uri.getRawAuthority() != null && uri.getRawAuthority().contains("@")) {
            throw refused(
                    shown,
                    "it carries a user or password",
                    "Put them into a Secret labelled holdfast.dev/secret: repository");
        }
        if (uri.getHost() == null || uri.getHost().isEmpty()) {
            throw refused(shown, "it names no host", "Write it like https://host/path/repository.git");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw refused(shown, "it has a query or a fragment", "Name the branch in the App, not in the URL");
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        if (port == 0 || port > 65535) throw refused(shown, "its port is out of range", "");
        var path = uri.getRawPath() == null ? "" : uri.getRawPath();
        var host = uri.getHost().toLowerCase(Locale.ROOT);
        while (host.endsWith(".")) host = host.substring(0, host.length() - 1);
        return new RepositoryUrl(scheme, host, port, segmentsOf(path, shown), trimmed(path));
    }

    private static String localPath(URI uri) {
        if (uri.getRawAuthority() != null && !uri.getRawAuthority().isEmpty() || uri.getPath() == null) {
            throw refused(uri.toString(), "a file URL names no host", "Write it like file:///srv/git/repository.git");
        }
        return uri.getPath();
    }

    private static RepositoryUrl local(String path) {
        return new RepositoryUrl("file", "", -1, segmentsOf(path, "file://" + path), trimmed(path));
    }

    private static String trimmed(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') end--;
        return path.substring(0, end);
    }

    private static List<String> segmentsOf(String path, String shown) {
        var plain = trimmed(path);
        if (plain.endsWith(".git") && !plain.endsWith("/.git")) plain = plain.substring(0, plain.length() - 4);
        if (plain.isEmpty()) return List.of();
        var segments = List.of(plain.substring(1).split("/", -1));
        for (var segment : segments) {
            var decoded = segment.toLowerCase(Locale.ROOT).replace("%2e", ".");
            if (decoded.isEmpty()
                    || decoded.equals(".")
                    || decoded.equals("..")
                    || decoded.matches(".*%(00|2f|5c).*")) {
                throw refused(
                        shown,
                        "its path has empty, '.' or '..' segments, or encoded slashes",
                        "Write the path as the server shows it");
            }
        }
        return segments;
    }

    /// Refuses what this installation does not talk to.
    RepositoryUrl allowedBy(GitSettings.UrlPolicy policy) {
        switch (scheme) {
            case "http" -> {
                if (!policy.httpAllowed() && !loopback()) {
                    throw refused(
                            name(),
                            "plain http is allowed to loopback only",
                            "Use https, or start Holdfast with --allow-http");
                }
            }
            case "file" -> {
                if (!policy.localAllowed()) {
                    throw refused(
                            name(),
                            "local repositories are not allowed",
                            "Start Holdfast with --allow-local to use them");
                }
            }
            default -> {}
        }
        return this;
    }

    private boolean loopback() {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }

    /// The normal form: what messages show and stores are keyed by.
    String name() {
        return base() + (segments.isEmpty() ? "" : "/" + String.join("/", segments));
    }

    /// What requests go to.
    String wire() {
        return base() + written;
    }

    private String base() {
        if (scheme.equals("file")) return "file://";
        int usual = scheme.equals("https") ? 443 : 80;
        return scheme + "://" + host + (port == usual ? "" : ":" + port);
    }

    boolean local() {
        return scheme.equals("file");
    }

    Path folder() {
        return Path.of(written.isEmpty() ? "/" : written);
    }

    boolean sameOrigin(RepositoryUrl other) {
        return scheme.equals(other.scheme) && host.equals(other.host) && port == other.port;
    }

    /// Whether this is `other` or stands above it, by whole path segments.
    boolean covers(RepositoryUrl other) {
        return sameOrigin(other)
                && segments.size() <= other.segments.size()
                && other.segments.subList(0, segments.size()).equals(segments);
    }

    private static String withoutUser(String text) {
        return text.replaceFirst("^([A-Za-z][A-Za-z0-9+.-]*:/*)?[^/]*@", "$1…@");
    }

    private static String printable(String text) {
        var shown = new StringBuilder();
        text.codePoints().forEach(c -> shown.appendCodePoint(c < ' ' || c == 0x7f || c >= 0x80 ? '?' : c));
        return withoutUser(shown.toString());
    }

    private static FaultException refused(String url, String why, String next) {
        return new FaultException(
                Fault.terminal("UrlRefused", "the repository URL " + url + " is refused: " + why, next));
    }
}
