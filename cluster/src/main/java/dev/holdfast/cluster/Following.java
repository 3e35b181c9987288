package dev.holdfast.cluster;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.port.ApiTransport;
import dev.holdfast.port.ApiTransport.Reply;
import dev.holdfast.port.Cluster.ApiStatus;
import dev.holdfast.port.Cluster.Caller;
import dev.holdfast.port.Cluster.Follower;
import dev.holdfast.port.Cluster.Selection;
import dev.holdfast.port.Tasks;
import dev.holdfast.yaml.JsonReader;
import dev.holdfast.yaml.WatchLine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// List, then watch, for ever. A watch goes on at the last version it heard of, also after a break; only a server
/// that has forgotten that version makes it list again.
final class Following {

    private static final int WATCH_SECONDS = 240;
    /// A watch that lasted as long did its work, though it had nothing to tell.
    private static final Duration HEALTHY = Duration.ofSeconds(5);

    /// After so many refusals of a watch in a row, the version that it resumes at is no longer trusted.
    private static final int REFUSALS_BEFORE_LISTING = 5;

    private static final int LARGEST_REFUSAL_LINES = 200;

    private final Calls calls;
    private final Lists lists;
    private final Tasks tasks;
    private final Selection selection;
    private final Follower follower;
    private final Backoff backoff;
    /// Refused watches since the last event.
    private int refusals;

    Following(Calls calls, Lists lists, Selection selection, Follower follower) {
        this.calls = calls;
        this.lists = lists;
        this.tasks = calls.tasks();
        this.selection = selection;
        this.follower = follower;
        this.backoff = calls.backoff();
    }

    void run() {
        while (true) {
            var version = list();
            while (version != null) version = watch(version);
        }
    }

    private @Nullable String list() {
        try {
            var version = lists.read(selection, Caller.SELF, follower::listing, follower::present);
            follower.listed(version);
            return version;
        } catch (FaultException failed) {
            if (!(failed.fault() instanceof Fault.Transient)) throw failed;
            interrupted(failed.fault(), 0);
            return null;
        }
    }

    /// One watch, from its opening to its end. Returns the version to resume at; null to list anew.
    private @Nullable String watch(String from) {
        ApiTransport.Stream stream;
        try {
            stream = calls.open(request(from));
        } catch (FaultException failed) {
            if (!(failed.fault() instanceof Fault.Transient)) throw failed;
            interrupted(failed.fault(), 0);
            return from;
        }
        var opened = tasks.now();
        try (stream) {
            if (stream.status() != 200) return refused(Statuses.of(refusal(stream)), from);
            return follow(stream, from, opened);
        }
    }

    private ApiTransport.Request request(String from) {
        var target = Lists.selecting(selection)
                .with("watch", "true")
                .with("allowWatchBookmarks", "true")
                .with("resourceVersion", from)
                .with("timeoutSeconds", Integer.toString(calls.spread(WATCH_SECONDS)));
        return Calls.get(target.toString(), Caller.SELF, Lists.accept(selection.form(), "PartialObjectMetadata"));
    }

    private @Nullable String follow(ApiTransport.Stream stream, String from, Instant opened) {
        var version = from;
        while (true) {
            byte[] line;
            try {
                line = stream.nextLine();
            } catch (FaultException broken) {
                if (!(broken.fault() instanceof Fault.Transient)) throw broken;
                settle(opened);
                interrupted(broken.fault(), 0);
                return version;
            }
            if (line == null) {
                // the usual end after timeoutSeconds; one that comes at once must not become a circle
                settle(opened);
                if (tasks.now().isBefore(opened.plus(HEALTHY))) backoff.pause();
                return version;
            }
            if (line.length == 0) continue;
            var event = scanned(line);
            if (event == null) {
                interrupted(garbled(), 0);
                return version;
            }
            if (event.type().equals("ERROR")) return failed(line, version);
            backoff.reset();
            refusals = 0;
            hear(event, line);
            if (!event.resourceVersion().isEmpty()) version = event.resourceVersion();
        }
    }

    private void settle(Instant opened) {
        if (!tasks.now().isBefore(opened.plus(HEALTHY))) backoff.reset();
    }

    private static @Nullable WatchLine scanned(byte[] line) {
        try {
            return WatchLine.of(line);
        } catch (FaultException _) {
            return null;
        }
    }

    private void hear(WatchLine event, byte[] line) {
        switch (event.type()) {
            case "ADDED", "MODIFIED" -> {
                if (!follower.knows(event.uid(), event.resourceVersion())) follower.present(object(line));
            }
            case "DELETED" -> follower.gone(object(line));
            // bookmarks tell a version only, and what we do not know is no reason to stop
            default -> {}
        }
    }

    private Mapping object(byte[] line) {
        return Lists.shaped(JsonReader.readObject(line).mapping("object"), selection);
    }

    private @Nullable String failed(byte[] line, String version) {
        Mapping status;
        try {
            status = JsonReader.readObject(line).mapping("object");
        } catch (FaultException _) {
            status = Mapping.EMPTY;
        }
        return refused(Statuses.of(status), version);
    }

    /// What to do when the server does not watch.
    private @Nullable String refused(ApiStatus status, String version) {
        refusals++;
        if (status.code() == 410) {
            // the first time at once: this is how a watch that slept too long goes on
            if (refusals > 1) backoff.pause();
            return null;
        }
        var fault = Statuses.fault(status, "watch " + Lists.words(selection));
        if (!(fault instanceof Fault.Transient)) throw new FaultException(fault);
        interrupted(fault, status.retryAfterSeconds().orElse(0));
        return refusals % REFUSALS_BEFORE_LISTING != 0 ? version : null;
    }

    private void interrupted(Fault fault, int retryAfterSeconds) {
        // a cancelled task trips over its own end: nobody needs to hear of that
        tasks.sleepUntil(tasks.now());
        follower.interrupted(fault);
        backoff.pause(Math.min(retryAfterSeconds, 60));
    }

    private Fault garbled() {
        return Fault.temporary(
                "InvalidAnswer",
                "a line of the watch of " + Lists.words(selection) + " is no JSON object",
                "It is tried again; look for a proxy in between");
    }

    private static Reply refusal(ApiTransport.Stream stream) {
        var text = new java.io.ByteArrayOutputStream();
        try {
            for (int lines = 0; lines < LARGEST_REFUSAL_LINES; lines++) {
                var line = stream.nextLine();
                if (line == null) break;
                text.writeBytes(line);
                text.write('\n');
            }
        } catch (FaultException _) {
            // the status code says enough
        }
        return new Reply(stream.status(), List.copyOf(stream.headers()), text.toByteArray());
    }
}
