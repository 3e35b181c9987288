package dev.holdfast.server;

import dev.holdfast.cluster.ClusterSettings;
import dev.holdfast.cluster.KubernetesCluster;
import dev.holdfast.cluster.fabric8.Fabric8Transport;
import dev.holdfast.cluster.kubeconfig.Kubeconfig;
import dev.holdfast.cluster.light.LightTransport;
import dev.holdfast.engine.gate.WriteGate;
import dev.holdfast.model.Secret;
import dev.holdfast.port.ApiTransport;
import dev.holdfast.port.Tasks;
import dev.holdfast.runtime.Controller;
import dev.holdfast.runtime.VirtualThreadTasks;
import dev.holdfast.runtime.home.Home;
import dev.holdfast.runtime.home.Installation;
import dev.holdfast.runtime.home.LeaseHold;
import dev.holdfast.runtime.loop.Ports;
import dev.holdfast.runtime.loop.Settings;
import dev.holdfast.runtime.render.SnapshotRenderer;
import dev.holdfast.sandbox.Sandbox;
import dev.holdfast.sandbox.SandboxOptions;
import dev.holdfast.sandbox.door.HttpDoor;
import dev.holdfast.source.GitSettings;
import dev.holdfast.source.JGitHost;
import dev.holdfast.source.RepositoryCredentials;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The composition root of the controllers: everything is made here, by `new`.
final class Up {

    private static final Logger LOG = LoggerFactory.getLogger(Up.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final UpOptions options;

    Up(UpOptions options) {
        this.options = options;
    }

    int run() throws IOException {
        var tasks = new VirtualThreadTasks(PATIENCE, (name, failure) -> LOG.error("task {} failed", name, failure));
        var lifetime = new Lifetime(tasks);
        lifetime.open(tasks);
        var random = new SecureRandom();
        var reached = reach(lifetime, tasks);
        lifetime.open(reached.transport());
        var settings = ClusterSettings.named(reached.name(), RandomGenerator.getDefault());
        var cluster = new KubernetesCluster(reached.transport(), tasks, settings);
        new DefinitionInstall(cluster, tasks).run();
        var home = new Home(cluster, options.namespace());
        var installation = Installation.open(home, options.installation(), count -> bytes(random, count));
        var git = lifetime.open(new JGitHost(gitSettings(installation.key()), tasks));
        var ports = new Ports(
                tasks,
                cluster,
                git,
                new SnapshotRenderer(),
                (secrets, url, namespace) -> RepositoryCredentials.select(
                                secrets, url, new RepositoryCredentials.Scope(namespace, options.namespace()))
                        .map(RepositoryCredentials.Selected::credential));
        var lease = new LeaseHold(tasks, home, ProcessIdentity.own(), LeaseHold.Times.DEFAULT, ProcessIdentity::isDead);
        var loop = Settings.of(installation, standing(), random.nextLong())
                .in(options.namespace(), options.serviceAccount());
        var controller = new Controller(ports, loop, lease);
        lifetime.open(controller::stop);
        announce(reached, installation);
        var work = tasks.spawn("controller", controller::run);
        lifetime.await(work::ended);
        return work.ended() ? 1 : 0;
    }

    record Reached(String name, ApiTransport transport) {}

    private Reached reach(Lifetime lifetime, Tasks tasks) throws IOException {
        return switch (options.access()) {
            case UpOptions.Access.ByKubeconfig(var files, var context) -> {
                var config = Kubeconfig.load(files, context);
                yield new Reached(config.context(), transport(config, files, context));
            }
            case UpOptions.Access.InCluster _ -> {
                var account = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
                yield new Reached("in-cluster", new LightTransport(Kubeconfig.inCluster(System.getenv(), account)));
            }
            case UpOptions.Access.InSandbox(var kubeconfig, var port) -> {
                var sandbox = lifetime.open(Sandbox.start(SandboxOptions.inMemory(System.nanoTime()), tasks));
                var door = sandbox.listen(HttpDoor.Options.loopback(port).over(HttpDoor.Wire.TLS));
                dev.holdfast.sandbox.Kubeconfig.write(kubeconfig, door, sandbox.adminToken());
                System.err.println("sandbox: " + door.url() + ", kubeconfig " + kubeconfig);
                yield new Reached("sandbox", sandbox.direct());
            }
        };
    }

    /// The own transport costs an eighth of the other's time per request; what needs a plugin or a proxy goes
    /// through the other (docs/decisions/0020-two-transports.md).
    private static ApiTransport transport(Kubeconfig config, List<Path> files, String context) {
        boolean light = config.user().exec().isEmpty() && config.proxy().isEmpty();
        return light ? new LightTransport(config) : Fabric8Transport.fromKubeconfig(files, context);
    }

    private WriteGate.Standing standing() {
        return switch (options.access()) {
            case UpOptions.Access.InCluster _ -> WriteGate.Standing.CONFINED;
            case UpOptions.Access.ByKubeconfig _, UpOptions.Access.InSandbox _ -> WriteGate.Standing.STARTER;
        };
    }

    private GitSettings gitSettings(Secret key) {
        var sources = options.sources();
        return GitSettings.in(sources.cache(), key).with(new GitSettings.UrlPolicy(sources.http(), sources.local()));
    }

    private void announce(Reached reached, Installation installation) {
        var rights = switch (standing()) {
            case STARTER -> "Apps without spec.runAs write with your own rights";
            case CONFINED ->
                options.serviceAccount()
                        .map(name -> "Apps without spec.runAs write as service account " + name)
                        .orElse("Apps without spec.runAs write into their own namespace only");
        };
        System.err.println("holdfast: keeping " + reached.name() + " as Git says (installation " + installation.name()
                + "). " + rights + ".");
    }

    private static byte[] bytes(SecureRandom random, int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
