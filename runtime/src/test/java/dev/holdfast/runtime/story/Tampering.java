package dev.holdfast.runtime.story;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.model.Value.Null;
import dev.holdfast.runtime.story.DriftSubject.Removal;
import dev.holdfast.runtime.story.DriftSubject.Trace;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What somebody else does to an object of ours, and what is to become of it.
enum Tampering {
    EDIT("`kubectl edit`, a value of ours", "kubectl-edit"),
    EDIT_EXTRA("`kubectl edit`, adding a field", ""),
    EDIT_BACK("`kubectl edit`, and the value edited back", ""),
    PATCH("`kubectl patch`, a value of ours", "kubectl-patch"),
    SCALE("`kubectl scale`", "kubectl"),
    LABEL("`kubectl label --overwrite`, a label of ours", "kubectl-label"),
    LABEL_EXTRA("`kubectl label`, another label", ""),
    LABEL_OWNER("`kubectl label holdfast.dev/owner-`", ""),
    REPLACE("`kubectl replace`, of the live object with another value", "kubectl-replace"),
    REPLACE_FILE("`kubectl replace`, of a file without our marks", "kubectl-replace"),
    APPLY("server-side apply with force by `other-tool`, a value of ours", "other-tool"),
    APPLY_EXTRA("server-side apply by `other-tool`, another field", ""),
    APPLY_SAME("server-side apply by `other-tool`, the same values", ""),
    REMOVE("a field of ours removed (JSON patch)", "kubectl-patch"),
    REMOVE_ITEM("a list item of ours removed (JSON patch)", "kubectl-patch"),
    RESET("managedFields reset", ""),
    RESET_EDIT("managedFields reset, then `kubectl edit`", ""),
    REPORT("`kubectl edit`, with `drift: report`", "kubectl-edit"),
    IGNORE("`kubectl edit`, with `drift: ignore`", "");

    static final long SCALED = 5;

    final String title;
    /// Who is to be named; empty where nobody is.
    final String manager;

    Tampering(String title, String manager) {
        this.title = title;
        this.manager = manager;
    }

    /// Between two requests the loop may come in, or not.
    static List<Tampering> ofOneRequest() {
        return Arrays.stream(values())
                .filter(way -> way != EDIT_BACK && way != RESET_EDIT)
                .toList();
    }

    String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Lines of the App's spec.
    String[] spec() {
        return switch (this) {
            case REPORT -> new String[] {"sync: {drift: report}"};
            case IGNORE -> new String[] {"sync: {drift: ignore}"};
            default -> new String[0];
        };
    }

    DriftFate expected(DriftSubject subject) {
        return switch (this) {
            case EDIT, PATCH, LABEL, REPLACE, REPLACE_FILE -> DriftFate.PUT_BACK;
            case SCALE ->
                switch (subject.scale()) {
                    case SCALES -> DriftFate.PUT_BACK;
                    case SCALES_UNNAMED -> DriftFate.PUT_BACK_UNNAMED;
                    case FIXED -> DriftFate.NONE;
                };
            case REMOVE -> removed(Optional.of(subject.field()));
            case REMOVE_ITEM -> removed(subject.item());
            case LABEL_OWNER, RESET_EDIT -> DriftFate.PUT_BACK_UNNAMED;
            case EDIT_BACK, RESET -> DriftFate.TAKEN_AGAIN;
            case EDIT_EXTRA, LABEL_EXTRA, APPLY_EXTRA, APPLY_SAME, IGNORE -> DriftFate.LEFT;
            case APPLY -> DriftFate.CONFLICT;
            case REPORT -> DriftFate.REPORTED;
        };
    }

    private static DriftFate removed(Optional<Removal> removal) {
        return removal.map(one -> one.trace() == Trace.MANAGER ? DriftFate.PUT_BACK : DriftFate.PUT_BACK_UNNAMED)
                .orElse(DriftFate.NONE);
    }

    /// Does it, and returns the object as it is then.
    Mapping by(Kubectl kubectl, DriftSubject subject) {
        var target = subject.target(slug());
        var family = subject.family();
        var other = Stage.yaml(subject.other());
        return switch (this) {
            case EDIT, REPORT, IGNORE -> kubectl.edit(target, family, other);
            case EDIT_EXTRA -> kubectl.edit(target, family, Stage.yaml(subject.extra()));
            case EDIT_BACK -> {
                var original = kubectl.get(target);
                kubectl.edit(target, family, other);
                yield kubectl.edit(target, family, file(original));
            }
            case PATCH -> kubectl.patch(target, family, other);
            case SCALE -> {
                kubectl.scale(target, SCALED);
                yield kubectl.get(target);
            }
            case LABEL -> kubectl.label(target, Stage.yaml("team: edited"));
            case LABEL_EXTRA -> kubectl.label(target, Stage.yaml("extra: mine"));
            case LABEL_OWNER -> kubectl.label(target, Mapping.of("holdfast.dev/owner", Null.VALUE));
            case REPLACE -> kubectl.replace(target, kubectl.draft(target, family, other));
            case REPLACE_FILE -> kubectl.replace(target, file(kubectl.draft(target, family, other)));
            case APPLY -> kubectl.apply(target, "other-tool", subject.partial(slug(), subject.other()));
            case APPLY_EXTRA -> kubectl.apply(target, "other-tool", foreign(subject));
            case APPLY_SAME -> kubectl.apply(target, "other-tool", subject.body(slug()));
            case REMOVE -> kubectl.remove(target, subject.field().pointer());
            case REMOVE_ITEM ->
                kubectl.remove(target, subject.item().orElseThrow().pointer());
            case RESET -> reset(kubectl, target);
            case RESET_EDIT -> {
                reset(kubectl, target);
                yield kubectl.edit(target, family, other);
            }
        };
    }

    private Mapping foreign(DriftSubject subject) {
        return subject.partial(slug(), subject.extra());
    }

    private static Mapping reset(Kubectl kubectl, String target) {
        return kubectl.merge(target, Stage.yaml("metadata: {managedFields: [{}]}"));
    }

    /// What a person would keep in a file: neither what the server added nor our label and annotation.
    private static Mapping file(Mapping object) {
        var metadata = object.mapping("metadata");
        var kept = Mapping.builder();
        for (var key : List.of("name", "namespace")) {
            metadata.find(key).ifPresent(value -> kept.put(key, value));
        }
        for (var key : List.of("labels", "annotations")) {
            var rest = metadata.mapping(key).map((name, value) -> name.startsWith("holdfast.dev/") ? null : value);
            if (!rest.isEmpty()) kept.put(key, rest);
        }
        return object.without("status").with("metadata", (Value) kept.build());
    }
}
