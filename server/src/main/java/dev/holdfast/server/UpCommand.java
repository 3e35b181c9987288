package dev.holdfast.server;

import dev.holdfast.cluster.kubeconfig.Kubeconfig;
import dev.holdfast.runtime.loop.Settings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `up`: the controllers.
@Command(
        name = "up",
        description =
                "Run the controllers: against the cluster of a kubeconfig, the cluster that this runs in, or a sandbox.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  holdfast up --context staging",
            "  holdfast up --sandbox sandbox.kubeconfig      a Kubernetes API in this process; kubectl uses the file"
        })
final class UpCommand implements Callable<Integer> {

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "kubeconfig (default: in a pod its service account, else $KUBECONFIG, ~/.kube/config)")
    private @Nullable Path kubeconfig;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "context of the kubeconfig (default: its current one)")
    private @Nullable String context;

    @Option(
            names = "--sandbox",
            paramLabel = "FILE",
            description = "use a sandbox in this process, and write its kubeconfig here")
    private @Nullable Path sandbox;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "the sandbox's port (default: a free one)")
    private int port;

    @Option(
            names = "--installation",
            paramLabel = "NAME",
            description = "name of this Holdfast, given once (default: from the cluster's identity)")
    private @Nullable String installation;

    @Option(
            names = "--namespace",
            paramLabel = "NAMESPACE",
            defaultValue = Settings.NAMESPACE,
            description = "Holdfast's own namespace (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // has a default
    private String namespace;

    @Option(
            names = "--default-service-account",
            paramLabel = "NAME",
            description = "what Apps without spec.runAs write as, in their namespace")
    private @Nullable String serviceAccount;

    @Option(names = "--allow-http", description = "let sources be read over http from other machines")
    private boolean allowHttp;

    @Option(names = "--allow-local", description = "let sources be folders of this machine (file:)")
    private boolean allowLocal;

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description = "where fetched Git objects are kept (default: ~/.cache/holdfast)")
    private @Nullable Path cache;

    @Override
    public Integer call() throws Exception {
        var access = sandbox != null
                ? new UpOptions.Access.InSandbox(sandbox, port)
                : inCluster()
                        ? new UpOptions.Access.InCluster()
                        : new UpOptions.Access.ByKubeconfig(
                                Kubeconfig.files(Optional.ofNullable(kubeconfig), System.getenv()), orEmpty(context));
        var options = new UpOptions(
                access,
                Optional.ofNullable(installation),
                namespace,
                Optional.ofNullable(serviceAccount),
                new UpOptions.Sources(allowHttp, allowLocal, cache == null ? defaultCache() : cache));
        return new Up(options).run();
    }

    private boolean inCluster() {
        return kubeconfig == null && context == null && System.getenv("KUBERNETES_SERVICE_HOST") != null;
    }

    private static Path defaultCache() {
        var given = orEmpty(System.getenv("XDG_CACHE_HOME"));
        var base = given.isEmpty() ? Path.of(orEmpty(System.getenv("HOME")), ".cache") : Path.of(given);
        return base.resolve("holdfast").resolve("git");
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
