package dev.holdfast.source;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Secret;
import dev.holdfast.port.GitHost.Credential;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Which credential an App has for a repository: of the labelled Secrets, the one whose URL is the longest that
/// covers the repository's. The App's own namespace comes first; then Holdfast's, where a Secret grants itself to
/// that namespace. Pure.
public final class RepositoryCredentials {

    public static final String LABEL = "holdfast.dev/secret";
    public static final String LABEL_VALUE = "repository";
    public static final String GRANTED_TO = "holdfast.dev/granted-to";

    private RepositoryCredentials() {}

    /// @param secret `namespace/name`, for messages
    public record Selected(String secret, Credential credential) {}

    /// Whose credentials are looked for: the App's namespace, and Holdfast's own. Secrets of a third namespace
    /// never count, whatever they grant: a credential planted there could lead an App's requests astray.
    public record Scope(String namespace, String own) {}

    /// @param secrets Kubernetes Secrets, of any namespace; what is not labelled or not meant for this is passed
    /// over
    /// @throws FaultException terminal `CredentialMalformed` where the chosen Secret can't be decoded, `UrlRefused`
    /// for a URL that is none
    public static Optional<Selected> select(List<Mapping> secrets, String url, Scope scope) {
        var wanted = RepositoryUrl.parse(url);
        var local = longest(secrets, wanted, secret -> in(secret, scope.namespace()));
        if (local.isPresent()) return local;
        return longest(secrets, wanted, secret -> in(secret, scope.own()) && grants(secret, scope.namespace()));
    }

    private static boolean in(Mapping secret, String namespace) {
        return secret.text("metadata", "namespace").filter(namespace::equals).isPresent();
    }

    /// A list of namespaces with commas between them; `*` for all.
    private static boolean grants(Mapping secret, String namespace) {
        var granted = secret.text("metadata", "annotations", GRANTED_TO).orElse("");
        return Arrays.stream(granted.split(","))
                .map(String::strip)
                .anyMatch(name -> name.equals("*") || name.equals(namespace));
    }

    private record Candidate(RepositoryUrl prefix, String name, Mapping secret) {}

    private static Optional<Selected> longest(List<Mapping> secrets, RepositoryUrl wanted, Predicate<Mapping> meant) {
        return secrets.stream()
                .filter(secret -> secret.text("metadata", "labels", LABEL)
                        .filter(LABEL_VALUE::equals)
                        .isPresent())
                .filter(meant)
                .flatMap(secret -> candidate(secret).stream())
                .filter(candidate -> candidate.prefix().covers(wanted))
                .min(Comparator.<Candidate>comparingInt(
                                candidate -> -candidate.prefix().segments().size())
                        .thenComparing(Candidate::name))
                .map(chosen -> new Selected(chosen.name(), credential(chosen)));
    }

    /// One without a readable URL covers nothing.
    private static Optional<Candidate> candidate(Mapping secret) {
        var name = secret.text("metadata", "namespace").orElse("") + "/"
                + secret.text("metadata", "name").orElse("");
        try {
            return value(secret, name, "url").map(url -> new Candidate(RepositoryUrl.parse(url.strip()), name, secret));
        } catch (FaultException unreadable) {
            return Optional.empty();
        }
    }

    private static Credential credential(Candidate chosen) {
        var secret = chosen.secret();
        var name = chosen.name();
        var password = value(secret, name, "password").map(Secret::of);
        return new Credential(
                value(secret, name, "username"),
                password.isPresent() ? password : value(secret, name, "token").map(Secret::of),
                value(secret, name, "ca.crt"));
    }

    /// `stringData` goes before `data`, as in Kubernetes. A newline at the end, which `echo` left there, is no part
    /// of a password.
    private static Optional<String> value(Mapping secret, String name, String key) {
        var plain = secret.text("stringData", key);
        if (plain.isPresent()) return plain.map(RepositoryCredentials::trimmed);
        return secret.text("data", key).map(encoded -> {
            try {
                var bytes = Base64.getDecoder().decode(encoded.strip());
                return trimmed(new String(bytes, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException malformed) {
                throw new FaultException(Fault.terminal(
                        "CredentialMalformed",
                        "the key '" + key + "' of Secret " + name + " is not base64",
                        "Write it anew, or use stringData"));
            }
        });
    }

    private static String trimmed(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) end--;
        return text.substring(0, end);
    }
}
