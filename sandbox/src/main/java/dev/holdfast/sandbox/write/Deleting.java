package dev.holdfast.sandbox.write;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.answer.Refusal.Subject;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.realm.Realm;
import dev.holdfast.sandbox.request.Query;
import dev.holdfast.sandbox.store.Item;
import dev.holdfast.sandbox.store.Store;
import dev.holdfast.sandbox.write.WriteOptions.Effect;
import dev.holdfast.sandbox.write.Written.Result;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Ends objects: at once where nothing holds them, else marked as ending until their finalizers are gone.
public final class Deleting {

    private static final String FOREGROUND = "foregroundDeletion";
    private static final String ORPHAN = "orphan";
    private static final String DEFINITIONS = "customresourcedefinitions.apiextensions.k8s.io";
    private static final String CLEANUP = "customresourcecleanup.apiextensions.k8s.io";

    private final Realm realm;
    private final Kinds kinds;
    private final Admission admission;
    private final Commits commits;

    Deleting(Realm realm, Parts parts) {
        this.realm = realm;
        this.kinds = parts.kinds();
        this.admission = parts.admission();
        this.commits = parts.commits();
    }

    /// What becomes of the objects that this one owns.
    public enum Propagation {
        UNSAID,
        BACKGROUND,
        FOREGROUND,
        ORPHAN
    }

    public record Options(
            Optional<String> uid,
            Optional<String> version,
            Propagation propagation,
            Optional<Long> grace,
            Effect effect) {

        public static final Options PLAIN =
                new Options(Optional.empty(), Optional.empty(), Propagation.UNSAID, Optional.empty(), Effect.STORED);

        /// From a DeleteOptions body and the query beside it.
        public static Options of(Mapping body, Query query) {
            var policy = query.has("propagationPolicy")
                    ? query.get("propagationPolicy")
                    : body.text("propagationPolicy").orElse("");
            var propagation = switch (policy) {
                case "" -> Propagation.UNSAID;
                case "Background" -> Propagation.BACKGROUND;
                case "Foreground" -> Propagation.FOREGROUND;
                case "Orphan" -> Propagation.ORPHAN;
                default ->
                    throw invalid(new Refusal.Cause(
                            "FieldValueNotSupported",
                            "Unsupported value: \"" + policy
                                    + "\": supported values: \"Background\", \"Foreground\", \"Orphan\"",
                            "propagationPolicy"));
            };
            if (body.has("orphanDependents") && propagation != Propagation.UNSAID) {
                throw invalid(new Refusal.Cause(
                        "FieldValueInvalid",
                        "Invalid value: \"" + policy
                                + "\": orphanDependents and deletionPropagation cannot be both set",
                        "propagationPolicy"));
            }
            if (body.bool("orphanDependents").orElse(false)) propagation = Propagation.ORPHAN;
            var grace = query.number("gracePeriodSeconds");
            boolean dry = query.has("dryRun") || !body.sequence("dryRun").isEmpty();
            return new Options(
                    body.text("preconditions", "uid"),
                    body.text("preconditions", "resourceVersion"),
                    propagation,
                    grace.isPresent() ? Optional.of(grace.getAsLong()) : body.whole("gracePeriodSeconds"),
                    dry ? Effect.DRY_RUN : Effect.STORED);
        }

        private static Refusal invalid(Refusal.Cause cause) {
            return Refusal.invalid(new Subject("", "meta.k8s.io", "DeleteOptions"), List.of(cause));
        }

        public boolean dryRun() {
            return effect == Effect.DRY_RUN;
        }
    }

    /// Deletes one object. The result says whether it is gone (`DELETED`) or on its way (`CHANGED`).
    public Written delete(Target target, Options options) {
        admission.delete(target);
        while (true) {
            var current = realm.shelf(target.type()).get(target.key());
            if (current == null) throw Refusal.notFound(target.subject());
            check(target, current, options);
            var ending = ending(target, current.tree(), options);
            if (ending.isEmpty()) {
                var gone = remove(target, current, options);
                if (gone.isPresent()) return new Written(gone.get(), Result.DELETED, List.of());
                continue;
            }
            var marked = commits.commit(
                    target,
                    new WriteOptions(
                            "", options.effect(), WriteOptions.FieldValidation.IGNORE, WriteOptions.Conflicts.REFUSED),
                    current,
                    ending.get());
            if (marked.isPresent()) return Written.changed(marked.get());
        }
    }

    /// Deletes each of some objects; those that went meanwhile are left out.
    public List<Item> deleteAll(Target collection, List<Item> items, Options options) {
        var deleted = new ArrayList<Item>();
        for (var item : items) {
            try {
                var target = Target.of(collection.type(), item.namespace(), item.name());
                delete(target, options);
                deleted.add(item);
            } catch (Refusal refused) {
                if (refused.code() != 404) throw refused;
            }
        }
        return deleted;
    }

    private static void check(Target target, Item current, Options options) {
        if (options.uid().isPresent() && !options.uid().get().equals(current.uid())) {
            throw Refusal.conflict(
                    target.kindSubject(),
                    "the UID in the precondition (" + options.uid().get() + ") does not match the UID in record ("
                            + current.uid() + "). The object might have been deleted and then recreated");
        }
        var version = Long.toString(current.version());
        if (options.version().isPresent() && !options.version().get().equals(version)) {
            throw Refusal.conflict(
                    target.kindSubject(),
                    "the ResourceVersion in the precondition ("
                            + options.version().get()
                            + ") does not match the ResourceVersion in record (" + version
                            + "). The object might have been modified");
        }
    }

    /// The object as it is while it ends; empty where it can go at once.
    private Optional<Mapping> ending(Target target, Mapping object, Options options) {
        if (target.type().qualified().equals("namespaces")) return Optional.of(namespace(object));
        if (target.type().qualified().equals(DEFINITIONS)) return Optional.of(definition(object));
        var finalizers = finalizers(object, options.propagation());
        long grace = grace(target, object, options);
        if (Meta.terminating(object)) {
            if (finalizers.isEmpty() && grace == 0) return Optional.empty();
            var shortened =
                    object.whole("metadata", "deletionGracePeriodSeconds").orElse(0L) > grace
                            ? marked(object, grace)
                            : object;
            return Optional.of(Meta.withFinalizers(shortened, finalizers));
        }
        if (finalizers.isEmpty() && grace == 0) return Optional.empty();
        var marked = Meta.withFinalizers(marked(object, grace), finalizers);
        return Optional.of(
                kinds.facts(target.type()).hasGeneration() && !target.type().custom()
                        ? Meta.with(marked, "generation", Value.of(Meta.generation(object) + 1))
                        : marked);
    }

    private Mapping marked(Mapping object, long grace) {
        var time = realm.tasks().now().plus(Duration.ofSeconds(grace)).truncatedTo(ChronoUnit.SECONDS);
        return Meta.change(
                object,
                metadata -> metadata.with("deletionTimestamp", Value.of(time.toString()))
                        .with("deletionGracePeriodSeconds", Value.of(grace)));
    }

    private Mapping namespace(Mapping namespace) {
        if (Meta.terminating(namespace)) return namespace;
        return Meta.with(namespace, "deletionTimestamp", Value.of(realm.timestamp()))
                .with(List.of("status", "phase"), Value.of("Terminating"));
    }

    /// A definition waits for its objects to go.
    private Mapping definition(Mapping definition) {
        if (Meta.terminating(definition)) return definition;
        var condition = Mapping.builder()
                .put("type", "Terminating")
                .put("status", "True")
                .put("lastTransitionTime", realm.timestamp())
                .put("reason", "InstanceDeletionPending")
                .put("message", "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon")
                .build();
        var marked = Meta.with(definition, "deletionTimestamp", Value.of(realm.timestamp()))
                .with(
                        List.of("status", "conditions"),
                        definition.sequence("status", "conditions").plus(condition));
        var finalizers = new ArrayList<>(Meta.finalizers(definition));
        if (!finalizers.contains(CLEANUP)) finalizers.add(CLEANUP);
        return Meta.withFinalizers(marked, finalizers);
    }

    private static List<String> finalizers(Mapping object, Propagation propagation) {
        var finalizers = new ArrayList<>(Meta.finalizers(object));
        if (propagation == Propagation.UNSAID) return finalizers;
        finalizers.removeAll(List.of(FOREGROUND, ORPHAN));
        if (propagation == Propagation.FOREGROUND) finalizers.add(FOREGROUND);
        if (propagation == Propagation.ORPHAN) finalizers.add(ORPHAN);
        return finalizers;
    }

    /// Only Pods that run somewhere are given time to end.
    private static long grace(Target target, Mapping object, Options options) {
        if (!target.type().qualified().equals("pods")) return 0;
        if (object.text("spec", "nodeName").orElse("").isEmpty()) return 0;
        var phase = object.text("status", "phase").orElse("");
        if (phase.equals("Succeeded") || phase.equals("Failed")) return 0;
        return Math.max(
                0,
                options.grace()
                        .or(() -> object.whole("spec", "terminationGracePeriodSeconds"))
                        .orElse(30L));
    }

    private Optional<Item> remove(Target target, Item current, Options options) {
        if (options.dryRun()) return Optional.of(current);
        var write = Store.Write.of(realm.shelf(target.type()), current.key(), current);
        return realm.store().remove(write, current.tree()).map(_ -> current);
    }
}
