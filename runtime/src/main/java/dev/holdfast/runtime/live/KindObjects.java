package dev.holdfast.runtime.live;

import dev.holdfast.model.LiveObject;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Ref;
import dev.holdfast.runtime.home.ResourceVersions;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The objects of one kind, by uid and by placement. What is older than what is known is dropped, also for objects
/// that are gone already: an answer to a write may be heard after the watch's news of the deletion. Guarded by its
/// owner's monitor.
final class KindObjects {

    private static final int REMEMBERED_GRAVES = 1_000;

    /// An object with the placement that it is counted to.
    private record Held(String placementId, LiveObject object) {}

    private final Map<String, Held> byUid = new HashMap<>();
    private final Map<String, TreeMap<Ref, String>> byPlacement = new HashMap<>();
    /// Objects that carry a label which nobody here knows, so that they are not decoded again and again.
    private final Map<String, Stranger> strangers = new HashMap<>();
    private final LinkedHashMap<String, String> graves = new LinkedHashMap<>();
    private Optional<Set<String>> unheard = Optional.empty();

    boolean knows(String uid, String version) {
        var held = byUid.get(uid);
        var stranger = strangers.get(uid);
        var known = held != null ? held.object().resourceVersion() : stranger == null ? "" : stranger.version();
        if (!version.equals(known)) return false;
        heard(uid);
        return true;
    }

    Optional<String> placementOf(String uid) {
        return Optional.ofNullable(byUid.get(uid)).map(Held::placementId);
    }

    /// Puts an object in; returns the placements for which something that matters changed.
    Set<String> put(String placementId, LiveObject object) {
        heard(object.uid());
        var before = byUid.get(object.uid());
        if (dead(object.uid(), object.resourceVersion())) return Set.of();
        if (before != null
                && ResourceVersions.older(
                        object.resourceVersion(), before.object().resourceVersion())) {
            return Set.of();
        }
        strangers.remove(object.uid());
        byUid.put(object.uid(), new Held(placementId, object));
        if (before != null && !before.placementId().equals(placementId)) unindex(before);
        byPlacement.computeIfAbsent(placementId, _ -> new TreeMap<>()).put(object.ref(), object.uid());
        return touched(before, placementId, object);
    }

    record Stranger(String uid, String version, String placementId, String namespace, String name) {
        static Stranger of(String placementId, Mapping object) {
            return new Stranger(
                    KindObjects.uid(object),
                    KindObjects.version(object),
                    placementId,
                    object.text("metadata", "namespace").orElse(""),
                    object.text("metadata", "name").orElse(""));
        }
    }

    void stranger(Stranger stranger) {
        heard(stranger.uid());
        strangers.put(stranger.uid(), stranger);
    }

    List<Stranger> strangersOf(String placementId) {
        return strangers.values().stream()
                .filter(stranger -> stranger.placementId().equals(placementId))
                .sorted(Comparator.comparing(Stranger::uid))
                .toList();
    }

    void dismiss(String placementId) {
        var refs = byPlacement.remove(placementId);
        if (refs == null) return;
        refs.forEach((ref, uid) -> {
            var held = byUid.remove(uid);
            if (held == null) return;
            var version = held.object().resourceVersion();
            strangers.put(uid, new Stranger(uid, version, placementId, ref.namespace(), ref.name()));
        });
    }

    /// Takes an object out; returns the placement that had it.
    Optional<String> remove(String uid, String version) {
        strangers.remove(uid);
        bury(uid, version);
        var held = byUid.remove(uid);
        if (held == null) return Optional.empty();
        unindex(held);
        return Optional.of(held.placementId());
    }

    SortedObjects of(String placementId) {
        var found = new TreeMap<Ref, LiveObject>();
        for (var entry : byPlacement.getOrDefault(placementId, new TreeMap<>()).entrySet()) {
            var held = byUid.get(entry.getValue());
            if (held != null) found.put(entry.getKey(), held.object());
        }
        return new SortedObjects(found);
    }

    record SortedObjects(TreeMap<Ref, LiveObject> byRef) {}

    /// What was not heard of since {@link #listing} began and is no newer than the list is gone.
    List<String> listed(String version) {
        var silent = unheard.orElse(Set.of());
        unheard = Optional.empty();
        silent.forEach(strangers::remove);
        return silent.stream()
                .filter(uid -> {
                    var held = byUid.get(uid);
                    return held != null
                            && !ResourceVersions.older(version, held.object().resourceVersion());
                })
                .sorted()
                .toList();
    }

    void listing() {
        var all = new HashSet<>(byUid.keySet());
        all.addAll(strangers.keySet());
        unheard = Optional.of(all);
    }

    @Nullable
    LiveObject find(String uid) {
        var held = byUid.get(uid);
        return held == null ? null : held.object();
    }

    private void heard(String uid) {
        unheard.ifPresent(waiting -> waiting.remove(uid));
    }

    private void unindex(Held held) {
        var refs = byPlacement.get(held.placementId());
        if (refs == null) return;
        refs.remove(held.object().ref(), held.object().uid());
        if (refs.isEmpty()) byPlacement.remove(held.placementId());
    }

    private boolean dead(String uid, String version) {
        var died = graves.get(uid);
        // a version that is no number can't be compared: a uid never comes back
        return died != null && !ResourceVersions.older(died, version);
    }

    private void bury(String uid, String version) {
        graves.put(uid, version);
        if (graves.size() > REMEMBERED_GRAVES) graves.pollFirstEntry();
    }

    private static Set<String> touched(@Nullable Held before, String placementId, LiveObject now) {
        var touched = new TreeSet<String>();
        if (before == null) {
            touched.add(placementId);
        } else if (!before.placementId().equals(placementId) || !sameButVersion(before.object(), now)) {
            touched.add(before.placementId());
            touched.add(placementId);
        }
        return touched;
    }

    private static boolean sameButVersion(LiveObject one, LiveObject other) {
        return one.ref().equals(other.ref())
                && one.gvk().equals(other.gvk())
                && one.deletedAt().equals(other.deletedAt())
                && one.owner().equals(other.owner())
                && one.marker().equals(other.marker())
                && one.health().equals(other.health())
                && one.hints().equals(other.hints());
    }

    static String uid(Mapping object) {
        return object.text("metadata", "uid").orElse("");
    }

    static String version(Mapping object) {
        return object.text("metadata", "resourceVersion").orElse("");
    }
}
