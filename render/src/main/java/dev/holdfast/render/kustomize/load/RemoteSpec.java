package dev.holdfast.render.kustomize.load;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// An address of a directory in another repository, in Kustomize's grammar: `https://host/org/repo//path?ref=v1`,
/// `git@host:org/repo.git/path`, `github.com/org/repo/path`, `host/org/_git/repo/path`.
public record RemoteSpec(String repository, String path, String ref) {

    private static final Pattern USER = Pattern.compile("^([a-zA-Z][a-zA-Z0-9-]*)@");
    private static final List<String> SCHEMES = List.of("ssh://", "https://", "http://", "file://");
    private static final String GIT_ROOT = "_git/";
    private static final String GIT_SUFFIX = ".git";

    public static boolean isRemoteFile(String path) {
        return path.startsWith("http://") || path.startsWith("https://");
    }

    /// Empty where the text is no such address: then it is a path.
    public static Optional<RemoteSpec> parse(String address) {
        if (address.startsWith("/")) return Optional.empty();
        int question = address.indexOf('?');
        var place = question < 0 ? address : address.substring(0, question);
        var ref = question < 0 ? "" : ref(address.substring(question + 1));
        if (startsWith(place, "git::")) place = place.substring(5);
        var scheme = "";
        for (var each : SCHEMES) {
            if (scheme.isEmpty() && startsWith(place, each)) scheme = each;
        }
        var rest = place.substring(scheme.length());
        var match = USER.matcher(rest);
        var user = match.find() ? match.group(1) + "@" : "";
        rest = rest.substring(user.length());
        boolean github = startsWith(rest, "github.com/") || startsWith(rest, "github.com:");
        boolean copyStyle = scheme.isEmpty() && (!user.isEmpty() || github);
        if (scheme.isEmpty() && !copyStyle) return Optional.empty();
        if (scheme.equals("file://")) return Optional.empty();
        int end = rest.indexOf('/');
        if (copyStyle) {
            int colon = rest.indexOf(':');
            if (end < 0 || colon > 0 && colon < end) end = colon;
        }
        var host = end < 0 ? rest : rest.substring(0, end + 1);
        var path = end < 0 ? "" : rest.substring(end + 1);
        if (host.isEmpty()) return Optional.empty();
        var base = scheme + user + host;
        if (github) base = scheme.equals("ssh://") || !user.isEmpty() ? user + "github.com:" : "https://github.com/";
        return split(base, path, ref);
    }

    private static Optional<RemoteSpec> split(String base, String path, String ref) {
        String repository;
        String inside;
        int root = path.indexOf(GIT_ROOT);
        int slashes = path.indexOf("//");
        int suffix = path.indexOf(GIT_SUFFIX);
        if (root >= 0) {
            int end = path.indexOf('/', root + GIT_ROOT.length());
            repository = end < 0 ? path : path.substring(0, end);
            inside = end < 0 ? "" : path.substring(end + 1);
        } else if (slashes >= 0) {
            repository = path.substring(0, slashes);
            inside = path.substring(slashes + 2);
        } else if (suffix >= 0) {
            repository = path.substring(0, suffix + GIT_SUFFIX.length());
            inside = path.substring(suffix + GIT_SUFFIX.length());
        } else {
            var parts = path.split("/", 3);
            if (parts.length < 2) return Optional.empty();
            repository = parts[0] + "/" + parts[1];
            inside = parts.length > 2 ? parts[2] : "";
        }
        if (repository.isEmpty() || leaves(inside)) return Optional.empty();
        return Optional.of(new RemoteSpec(base + repository, inside.startsWith("/") ? inside.substring(1) : inside, ref));
    }

    private static boolean leaves(String path) {
        int depth = 0;
        for (var part : path.split("/")) {
            if (part.isEmpty() || part.equals(".")) continue;
            depth += part.equals("..") ? -1 : 1;
            if (depth < 0) return true;
        }
        return false;
    }

    private static String ref(String query) {
        var version = "";
        var ref = "";
        for (var part : query.split("&")) {
            if (part.startsWith("ref=")) ref = part.substring(4);
            else if (part.startsWith("version=")) version = part.substring(8);
        }
        return ref.isEmpty() ? version : ref;
    }

    private static boolean startsWith(String text, String prefix) {
        return text.length() >= prefix.length()
                && text.substring(0, prefix.length()).toLowerCase(Locale.ROOT).equals(prefix);
    }
}
