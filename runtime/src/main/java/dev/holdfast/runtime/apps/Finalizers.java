package dev.holdfast.runtime.apps;

import dev.holdfast.dialect.App;
import dev.holdfast.dialect.AppDialect;
import dev.holdfast.model.AppName;
import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.port.Cluster;
import dev.holdfast.port.Cluster.Address;
import dev.holdfast.port.Cluster.Answer;
import dev.holdfast.port.Cluster.Caller;
import dev.holdfast.port.Cluster.Patch;
import dev.holdfast.runtime.home.Home;
import dev.holdfast.runtime.home.Kinds;
import dev.holdfast.runtime.home.Refusals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Our finalizer on Apps: set before the first effect, taken off when nothing is owned any more.
public final class Finalizers {

    private static final int TRIES = 4;

    private final Cluster cluster;
    private final AppBook book;

    public Finalizers(Cluster cluster, AppBook book) {
        this.cluster = cluster;
        this.book = book;
    }

    /// Whether the App has it now; false where that App is gone or going.
    public boolean set(App app) {
        return change(app, List.of(AppDialect.FINALIZER), List.of());
    }

    /// Whether the App was there to have it taken off.
    public boolean remove(App app) {
        return change(app, List.of(), List.of(AppDialect.FINALIZER));
    }

    /// A merge patch replaces the whole list, so it names the version that the list was read in.
    private boolean change(App app, List<String> put, List<String> take) {
        var current = Optional.of(app.metadata());
        for (int i = 0; i < TRIES && current.isPresent(); i++) {
            var metadata = current.get();
            if (!metadata.uid().equals(app.metadata().uid())) return false;
            var wanted = new ArrayList<>(metadata.finalizers());
            wanted.removeAll(take);
            for (var finalizer : put) if (!wanted.contains(finalizer)) wanted.add(finalizer);
            if (wanted.equals(metadata.finalizers())) return true;
            // an App that goes accepts no new finalizer
            if (metadata.deletedAt().isPresent() && !put.isEmpty()) return false;
            switch (send(metadata, wanted)) {
                case Answer.Done(var _, var body, var _) -> {
                    book.accept(body);
                    return true;
                }
                case Answer.Refused(var status) -> {
                    if (status.code() == 404) return false;
                    if (status.code() != 409) throw refused(metadata.name(), status);
                    current = again(metadata.name());
                }
            }
        }
        throw new FaultException(Fault.temporary(
                "AppBusy", "App " + app.name() + " changes too fast to set its finalizer", "It is tried again"));
    }

    private Answer send(App.Metadata metadata, List<String> finalizers) {
        var patch = Mapping.of("finalizers", Value.texts(finalizers))
                .with("resourceVersion", Value.of(metadata.resourceVersion()));
        return cluster.patch(
                address(metadata.name()), new Patch.Merge(Mapping.of("metadata", patch)), Home.MANAGER, Caller.SELF);
    }

    private Optional<App.Metadata> again(AppName name) {
        return switch (cluster.read(address(name), Caller.SELF)) {
            case Answer.Done(var _, var body, var _) -> {
                book.accept(body);
                yield book.find(name).map(App::metadata);
            }
            case Answer.Refused(var status) -> {
                if (status.code() == 404) yield Optional.empty();
                throw refused(name, status);
            }
        };
    }

    private FaultException refused(AppName name, Cluster.ApiStatus status) {
        return new FaultException(Refusals.fault(status, "setting the finalizer of App " + name, cluster.name()));
    }

    private static Address address(AppName name) {
        return Address.of(Kinds.APPS, name.namespace(), name.name());
    }
}
