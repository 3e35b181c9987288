package dev.holdfast.sandbox;

import dev.holdfast.fields.BuiltinSchemas;
import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.port.ApiTransport;
import dev.holdfast.port.Tasks;
import dev.holdfast.sandbox.access.Authentication;
import dev.holdfast.sandbox.access.Rights;
import dev.holdfast.sandbox.access.Tokens;
import dev.holdfast.sandbox.access.User;
import dev.holdfast.sandbox.api.Admin;
import dev.holdfast.sandbox.api.Creations;
import dev.holdfast.sandbox.api.Exchange;
import dev.holdfast.sandbox.api.Objects;
import dev.holdfast.sandbox.api.Places;
import dev.holdfast.sandbox.controller.Controllers;
import dev.holdfast.sandbox.door.DirectDoor;
import dev.holdfast.sandbox.door.HttpDoor;
import dev.holdfast.sandbox.read.CustomColumns;
import dev.holdfast.sandbox.read.Lists;
import dev.holdfast.sandbox.read.Tables;
import dev.holdfast.sandbox.read.Views;
import dev.holdfast.sandbox.read.Watching;
import dev.holdfast.sandbox.realm.Chance;
import dev.holdfast.sandbox.realm.Realm;
import dev.holdfast.sandbox.realm.Types;
import dev.holdfast.sandbox.request.Call;
import dev.holdfast.sandbox.store.FileJournal;
import dev.holdfast.sandbox.store.Journal;
import dev.holdfast.sandbox.store.Store;
import dev.holdfast.sandbox.trouble.RequestLog;
import dev.holdfast.sandbox.trouble.Switches;
import dev.holdfast.sandbox.write.Writers;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A Kubernetes API in the JVM, with the controllers that make a cluster of it. Everything waits through the given
/// scheduler, so a simulated one makes it deterministic.
public final class Sandbox implements AutoCloseable {

    /// Never changes, and takes longer to read than everything else takes to start.
    private static final BuiltinSchemas SCHEMAS = BuiltinSchemas.load();

    private final Realm realm;
    private final Exchange exchange;
    private final Switches switches;
    private final RequestLog log;
    private final String adminToken;
    private final Writers writers;
    private Tasks.@Nullable Task running;
    private final List<AutoCloseable> open = new ArrayList<>();

    private Sandbox(SandboxOptions options, Tasks tasks, Journal journal, FileJournal.Memory memory) {
        // a restart goes on with other uids than before
        var chance = new Chance(options.seed() ^ memory.version() * 0x9e3779b97f4a7c15L);
        var store = new Store(tasks, new JsonCodec(), journal, options.limits());
        memory.shelves().forEach((shelf, objects) -> objects.forEach((key, json) -> store.restore(shelf, key, json)));
        store.resume(memory.version());
        this.realm = new Realm(store, new Types(SCHEMAS), chance, tasks);
        this.switches = new Switches();
        this.log = new RequestLog();
        this.adminToken = chance.token();
        var tokens = new Tokens();
        tokens.issue(adminToken, User.ADMIN, Instant.MAX);
        var rights = new Rights(store);
        var views = new Views(new Tables(tasks, new CustomColumns(realm)::of), realm.types());
        var reading =
                new Objects.Reading(views, new Lists(realm, views, switches), new Watching(realm, views, switches));
        this.writers = Writers.of(realm);
        var objects = new Objects(realm, reading, writers, new Creations(realm, writers, rights, tokens));
        var places = new Places(realm, switches, new Admin(realm, switches, log));
        var parts = new Exchange.Parts(new Authentication(tokens, rights, tasks), rights, switches, log);
        this.exchange = new Exchange(realm, parts, objects, places);
    }

    /// A server that is ready: its namespaces exist.
    public static Sandbox start(SandboxOptions options, Tasks tasks) {
        var sandbox = opened(options, tasks);
        new Bootstrap(sandbox.realm, sandbox.writers).run();
        sandbox.realm.store().compact();
        sandbox.running = new Controllers(sandbox.realm, sandbox.writers, options.pace()).start();
        return sandbox;
    }

    private static Sandbox opened(SandboxOptions options, Tasks tasks) {
        if (options.data().isEmpty()) return new Sandbox(options, tasks, Journal.NONE, new FileJournal.Memory());
        var folder = options.data().get();
        try {
            var memory = FileJournal.recall(folder);
            var journal = FileJournal.begin(folder, memory);
            var sandbox = new Sandbox(options, tasks, journal, memory);
            sandbox.open.add(journal);
            return sandbox;
        } catch (IOException broken) {
            throw new FaultException(Fault.terminal(
                    "SandboxDataUnreadable",
                    "the sandbox cannot keep its data in " + folder + ": " + broken.getMessage(),
                    "Give it a folder that it may write to"));
        }
    }

    /// Direct calls as the administrator.
    public ApiTransport direct() {
        return direct(User.ADMIN);
    }

    /// Direct calls as someone else.
    public ApiTransport direct(User user) {
        return new DirectDoor(call -> exchange.answerAs(user, call));
    }

    /// Direct calls to a second server of the same cluster, which lags behind: see {@link Switches#lag}.
    public ApiTransport behind() {
        return new DirectDoor(call -> exchange.answerAs(User.ADMIN, call.behind()));
    }

    /// A door to a second server of the same cluster, which lags behind.
    public HttpDoor listenBehind(HttpDoor.Options options) throws IOException {
        return listen(options, Call::behind);
    }

    /// Opens a door for HTTP, which is closed with the sandbox.
    public HttpDoor listen(HttpDoor.Options options) throws IOException {
        return listen(options, call -> call);
    }

    private HttpDoor listen(HttpDoor.Options options, UnaryOperator<Call> view) throws IOException {
        var door = HttpDoor.open(
                options,
                realm.tasks().now(),
                (call, certified) -> certified.isPresent()
                        ? exchange.answerAs(certified.get(), view.apply(call))
                        : exchange.answer(view.apply(call)));
        open.add(door);
        return door;
    }

    /// The bearer token of the administrator.
    public String adminToken() {
        return adminToken;
    }

    public RequestLog log() {
        return log;
    }

    public Switches switches() {
        return switches;
    }

    /// Forgets the history of changes, as a server does from time to time.
    public void compact() {
        realm.store().compact();
    }

    /// Ends every watch.
    public void dropWatches() {
        realm.store().dropWatches();
    }

    @Override
    public void close() {
        // first, so that no door waits for a watch to end
        switches.refuse();
        realm.store().dropWatches();
        if (running != null) running.cancel();
        for (var each : open.reversed()) {
            try {
                each.close();
            } catch (Exception broken) {
                throw new IllegalStateException("the sandbox did not close", broken);
            }
        }
    }
}
