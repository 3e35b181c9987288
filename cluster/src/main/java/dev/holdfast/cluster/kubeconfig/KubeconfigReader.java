package dev.holdfast.cluster.kubeconfig;

import dev.holdfast.cluster.kubeconfig.Kubeconfig.Bearer;
import dev.holdfast.cluster.kubeconfig.Kubeconfig.Certificate;
import dev.holdfast.cluster.kubeconfig.Kubeconfig.Exec;
import dev.holdfast.cluster.kubeconfig.Kubeconfig.Trust;
import dev.holdfast.cluster.kubeconfig.Kubeconfig.User;
import dev.holdfast.cluster.kubeconfig.Kubeconfig.Verification;
import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Secret;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// The file format. Unknown fields are ignored, as kubectl ignores them.
final class KubeconfigReader {

    /// Fields that hold a path, with the list of the entry and the entry's own name.
    private static final List<List<String>> PATHS = List.of(
            List.of("clusters", "cluster", "certificate-authority"),
            List.of("users", "user", "client-certificate"),
            List.of("users", "user", "client-key"),
            List.of("users", "user", "tokenFile"));

    private static final List<String> COMMAND = List.of("user", "exec", "command");

    private KubeconfigReader() {}

    /// The same entries with the paths in them made absolute; `file` is where they were read from.
    static Mapping within(Mapping config, Path file) {
        var absolute = config;
        for (var path : PATHS) {
            var list = path.get(0);
            var entries = absolute.sequence(list);
            if (entries.isEmpty()) continue;
            var changed = new ArrayList<Value>();
            for (Value entry : entries) changed.add(resolved(entry, path.subList(1, 3), file));
            absolute = absolute.with(list, Sequence.of(changed));
        }
        var users = new ArrayList<Value>();
        for (Value entry : absolute.sequence("users")) {
            boolean path = entry instanceof Mapping user
                    && user.text("user", "exec", "command")
                            .filter(given -> given.contains("/"))
                            .isPresent();
            users.add(path ? resolved(entry, COMMAND, file) : entry);
        }
        return users.isEmpty() ? absolute : absolute.with("users", Sequence.of(users));
    }

    private static Value resolved(Value entry, List<String> inner, Path file) {
        if (!(entry instanceof Mapping mapping)) return entry;
        return mapping.text(inner.toArray(String[]::new))
                .filter(given -> !given.isEmpty())
                .<Value>map(given ->
                        mapping.with(inner, Value.of(file.resolveSibling(given).toString())))
                .orElse(mapping);
    }

    /// Named entries of both, the first's where both have one; likewise the current context.
    static Mapping merged(Mapping first, Mapping second) {
        var merged = Mapping.builder();
        for (var list : List.of("clusters", "users", "contexts")) {
            var entries = new LinkedHashMap<String, Mapping>();
            for (var config : List.of(first, second)) {
                for (Value entry : config.sequence(list)) {
                    if (entry instanceof Mapping mapping) {
                        mapping.text("name").ifPresent(name -> entries.putIfAbsent(name, mapping));
                    }
                }
            }
            merged.put(list, Sequence.of(List.copyOf(entries.values())));
        }
        var current =
                first.text("current-context").filter(name -> !name.isEmpty()).or(() -> second.text("current-context"));
        return merged.putIfPresent("current-context", current).build();
    }

    static Kubeconfig select(Mapping config, String wanted) {
        var name = wanted.isEmpty() ? config.text("current-context").orElse("") : wanted;
        if (name.isEmpty()) {
            throw invalid("the kubeconfig has no current context", "Name one of " + names(config, "contexts"));
        }
        var context = entry(config, "contexts", name, "context");
        var clusterName = context.text("cluster").orElse("");
        var cluster = entry(config, "clusters", clusterName, "cluster");
        var userName = context.text("user").orElse("");
        var user = userName.isEmpty() ? User.NOBODY : user(entry(config, "users", userName, "user"), userName);
        return new Kubeconfig(
                name,
                server(cluster, clusterName),
                trust(cluster),
                user,
                context.text("namespace").filter(given -> !given.isEmpty()).orElse("default"),
                cluster.text("proxy-url").orElse(""));
    }

    private static Mapping entry(Mapping config, String list, String name, String inner) {
        for (Value item : config.sequence(list)) {
            if (item instanceof Mapping entry && entry.text("name").equals(Optional.of(name)))
                return entry.mapping(inner);
        }
        throw invalid("the kubeconfig has no " + inner + " `" + name + "`", "Use one of " + names(config, list));
    }

    private static String names(Mapping config, String list) {
        var names = new ArrayList<String>();
        for (Value item : config.sequence(list)) {
            if (item instanceof Mapping entry) entry.text("name").ifPresent(names::add);
        }
        return names.isEmpty() ? "none: there are no " + list : String.join(", ", names);
    }

    private static String server(Mapping cluster, String name) {
        var server = cluster.text("server").orElse("").replaceAll("/+$", "");
        try {
            var address = URI.create(server);
            var scheme = address.getScheme();
            boolean known = "https".equals(scheme) || "http".equals(scheme);
            if (known && address.getHost() != null && address.getUserInfo() == null && address.getQuery() == null) {
                return server;
            }
        } catch (IllegalArgumentException _) {
            // said below, without the text: it may hold a password
        }
        throw invalid(
                "the server of cluster `" + name + "` in the kubeconfig is no http or https address",
                "Write it as https://host:port");
    }

    private static Trust trust(Mapping cluster) {
        var insecure = cluster.bool("insecure-skip-tls-verify").orElse(false);
        return new Trust(
                material(cluster, "certificate-authority"),
                insecure ? Verification.NONE : Verification.FULL,
                cluster.text("tls-server-name").orElse(""));
    }

    private static User user(Mapping user, String name) {
        if (user.has("auth-provider")) {
            throw invalid(
                    "user `" + name + "` of the kubeconfig uses an auth-provider, which Kubernetes itself has dropped",
                    "Use an exec plugin, a token or a client certificate");
        }
        var certificate = material(user, "client-certificate");
        var key = material(user, "client-key");
        if (certificate.isPresent() != key.isPresent()) {
            throw invalid(
                    "user `" + name + "` of the kubeconfig has only one of client-certificate and client-key",
                    "Give both");
        }
        return new User(
                certificate.flatMap(found -> key.map(secret -> new Certificate(found, secret))),
                bearer(user),
                user.get("exec") instanceof Mapping exec ? Optional.of(exec(exec, name)) : Optional.empty());
    }

    /// The file wins over the token beside it, as in client-go.
    private static Bearer bearer(Mapping user) {
        var file = user.text("tokenFile").filter(given -> !given.isEmpty());
        if (file.isPresent()) return new Bearer.TokenFile(Material.in(Path.of(file.get())));
        var token = user.text("token").filter(given -> !given.isEmpty());
        if (token.isPresent()) return new Bearer.Token(Secret.of(token.get()));
        var basic = user.text("username").filter(given -> !given.isEmpty());
        if (basic.isPresent()) {
            return new Bearer.Basic(basic.get(), Secret.of(user.text("password").orElse("")));
        }
        return new Bearer.None();
    }

    private static Exec exec(Mapping exec, String name) {
        var command = exec.text("command").orElse("");
        if (command.isEmpty()) {
            throw invalid("the exec plugin of user `" + name + "` in the kubeconfig names no command", "Set `command`");
        }
        var line = new ArrayList<String>();
        line.add(command);
        for (Value argument : exec.sequence("args")) {
            if (argument instanceof Value.Text(var text, var _)) line.add(text);
        }
        var environment = new TreeMap<String, String>();
        for (Value item : exec.sequence("env")) {
            if (item instanceof Mapping variable) {
                environment.put(
                        variable.text("name").orElse(""), variable.text("value").orElse(""));
            }
        }
        environment.remove("");
        return new Exec(
                exec.text("apiVersion").orElse(""),
                line,
                environment,
                exec.text("installHint").orElse(""));
    }

    /// `<field>-data` in base64 wins over `<field>`, a path.
    private static Optional<Material> material(Mapping entry, String field) {
        var data = entry.text(field + "-data").filter(given -> !given.isEmpty());
        if (data.isPresent()) {
            try {
                return Optional.of(Material.inline(Base64.getMimeDecoder().decode(data.get())));
            } catch (IllegalArgumentException _) {
                throw invalid("`" + field + "-data` in the kubeconfig is no base64", "Correct it");
            }
        }
        return entry.text(field).filter(given -> !given.isEmpty()).map(path -> Material.in(Path.of(path)));
    }

    private static FaultException invalid(String message, String next) {
        return new FaultException(Fault.terminal("InvalidKubeconfig", message, next));
    }
}
