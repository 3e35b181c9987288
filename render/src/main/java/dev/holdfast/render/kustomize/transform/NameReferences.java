package dev.holdfast.render.kustomize.transform;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Origin;
import dev.holdfast.render.kustomize.config.FieldSpec;
import dev.holdfast.render.kustomize.config.NameReference;
import dev.holdfast.render.kustomize.resource.ResId;
import dev.holdfast.render.kustomize.resource.Resource;
import dev.holdfast.render.kustomize.resource.ResourceList;
import dev.holdfast.render.kustomize.tree.Node;
import dev.holdfast.render.kustomize.tree.Paths;
import dev.holdfast.render.kustomize.tree.Refusal;
import dev.holdfast.yaml.Meaning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Names have changed; fields that hold the name of another object follow. The object that is meant is looked for
/// by the names that it had before, of the right kind, where the referring object can see it; where several remain,
/// the one that got the same prefixes and suffixes.
public final class NameReferences implements Transformer {

    /// An object that may be meant, with what is asked of it again and again.
    private record Candidate(Resource resource, ResId id, List<ResId> previous) {
        ResId original() {
            return previous.isEmpty() ? id : previous.getFirst();
        }
    }

    private record Referrer(FieldSpec field, Gvk target) {}

    private final Map<String, List<Referrer>> referrersByKind = new LinkedHashMap<>();
    private final Map<String, List<Candidate>> byFormerName = new LinkedHashMap<>();

    public NameReferences(List<NameReference> references) {
        for (var reference : references) {
            for (var field : reference.referrers()) {
                referrersByKind
                        .computeIfAbsent(field.gvk().kind(), kind -> new ArrayList<>())
                        .add(new Referrer(field, reference.target()));
            }
        }
    }

    @Override
    public void transform(ResourceList list) {
        var candidates = new ArrayList<Candidate>(list.size());
        for (var resource : list.all()) {
            var candidate = new Candidate(resource, resource.id(), resource.previousIds());
            candidates.add(candidate);
            var names = new TreeSet<String>();
            for (var id : candidate.previous()) names.add(id.name());
            for (var name : names) byFormerName.computeIfAbsent(name, each -> new ArrayList<>()).add(candidate);
        }
        for (var candidate : candidates) new Fixing(candidate).fix();
        list.forgetIds();
    }

    /// The references of one object.
    private final class Fixing {
        private final Candidate referrer;
        private final TreeSet<String> accountNamespaces;
        private String path = "";
        private Gvk target = new Gvk("", "", "");

        Fixing(Candidate referrer) {
            this.referrer = referrer;
            this.accountNamespaces = accountNamespaces(referrer.resource());
        }

        void fix() {
            var original = referrer.original().gvk();
            fix(referrersByKind.getOrDefault(original.kind(), List.of()), original);
            fix(referrersByKind.getOrDefault("", List.of()), original);
        }

        private void fix(List<Referrer> referrers, Gvk original) {
            for (var each : referrers) {
                if (!ResId.isOf(original, each.field().gvk())) continue;
                path = each.field().path();
                target = each.target();
                var field = new FieldSpec(referrer.resource().gvk(), path, false);
                field.visit(referrer.resource(), null, this::set);
            }
        }

        private void set(Node node) {
            if (node.isNull()) return;
            switch (node.kind()) {
                case SCALAR -> setName(node);
                case MAPPING -> setNameAndNamespace(node);
                case SEQUENCE -> {
                    for (var item : node.content()) {
                        if (item.isNull()) continue;
                        if (item.isSequence()) {
                            throw Refusal.at(
                                    item.origin(), item + " is expected to be either a string or a map of string");
                        }
                        set(item);
                    }
                }
            }
        }

        private void setName(Node node) {
            var meant = meant(node.text(), candidate -> true, Sameness.NAME, node);
            if (meant == null || meant.name().equals(node.text())) return;
            node.setTo(Node.plain(meant.name(), follows(meant)));
        }

        private void setNameAndNamespace(Node node) {
            var name = node.get("name");
            if (name == null) throw Refusal.at(node.origin(), "path config error; no 'name' field in node");
            var meant = meant(name.text(), inNamespace(node.get("namespace")), Sameness.NAME_AND_NAMESPACE, node);
            if (meant == null) return;
            var namespace = meant.namespace();
            if (meant.name().equals(name.text()) && namespace.isEmpty()) return;
            node.set("name", Node.plain(meant.name(), follows(meant)));
            if (!namespace.isEmpty()) node.set("namespace", Node.plain(namespace, follows(meant)));
        }

        private Origin follows(Resource meant) {
            var name = Paths.lookup(meant.node(), "metadata", "name");
            return (name == null ? meant.origin() : name.origin()).through("nameReference");
        }

        private Predicate<Candidate> inNamespace(@Nullable Node namespace) {
            if (namespace == null) return candidate -> true;
            var wanted = namespace.text();
            boolean original = byFormerNameAnywhere(wanted);
            return candidate -> {
                var id = original ? candidate.original() : candidate.id();
                return !candidate.id().clusterScoped() && id.effectiveNamespace().equals(wanted);
            };
        }

        /// Whether any object that this one can see was in the namespace at first.
        private boolean byFormerNameAnywhere(String namespace) {
            for (var candidates : byFormerName.values()) {
                for (var candidate : candidates) {
                    boolean there = candidate.original().effectiveNamespace().equals(namespace);
                    if (there && !candidate.id().clusterScoped() && canSee(candidate)) return true;
                }
            }
            return false;
        }

        private boolean canSee(Candidate candidate) {
            return referrer.id().clusterScoped()
                    || candidate.id().clusterScoped()
                    || candidate.id().sameNamespace(referrer.id())
                    || accountNamespaces.contains(candidate.resource().namespace());
        }

        private @Nullable Resource meant(
                String name, Predicate<Candidate> condition, Sameness sameness, Node place) {
            var found = new ArrayList<Resource>();
            var role = roleReference();
            for (var candidate : byFormerName.getOrDefault(name, List.of())) {
                boolean fits = isOrWas(candidate, target)
                        && (role == null || isOrWas(candidate, role))
                        && canSee(candidate)
                        && inSameNamespace(candidate)
                        && condition.test(candidate);
                if (fits) found.add(candidate.resource());
            }
            if (found.size() == 1) return found.getFirst();
            found.removeIf(each ->
                    !each.sameSurroundings(referrer.resource(), Resource.Strictness.EMPTY_IS_ANY));
            if (found.size() > 1) {
                found.removeIf(each -> !each.sameSurroundings(referrer.resource(), Resource.Strictness.EXACT));
            }
            if (found.isEmpty()) return null;
            if (found.size() == 1 || sameness.holds(found)) return found.getFirst();
            throw Refusal.at(
                    place.origin(), "found multiple possible referrals: " + words(found),
                    "Give the objects different names, or the same prefixes as " + referrer.id());
        }

        private boolean inSameNamespace(Candidate candidate) {
            return referrer.id().clusterScoped()
                    || candidate.id().clusterScoped()
                    || candidate.resource().kind().equals("ServiceAccount")
                    || candidate.id().sameNamespace(referrer.id());
        }

        /// What kind of role a binding names; null for other references.
        private @Nullable Gvk roleReference() {
            if (!path.endsWith("roleRef/name")) return null;
            var role = referrer.resource().node().get("roleRef");
            if (role == null || role.get("apiGroup") == null || role.get("kind") == null) return null;
            return new Gvk(role.fieldText("apiGroup"), "", role.fieldText("kind"));
        }
    }

    private static boolean isOrWas(Candidate candidate, Gvk kind) {
        for (var id : candidate.previous()) if (id.isOf(kind)) return true;
        return false;
    }

    private static String words(List<Resource> resources) {
        return resources.stream().map(Resource::toString).collect(Collectors.joining(", "));
    }

    /// When several objects are as good as one.
    private enum Sameness {
        NAME,
        NAME_AND_NAMESPACE;

        boolean holds(List<Resource> resources) {
            var first = resources.getFirst();
            for (var each : resources) {
                if (!each.name().equals(first.name())) return false;
                if (this == NAME_AND_NAMESPACE && !each.namespace().equals(first.namespace())) return false;
            }
            return true;
        }
    }

    /// A RoleBinding may name accounts of other namespaces.
    private static TreeSet<String> accountNamespaces(Resource resource) {
        var namespaces = new TreeSet<String>();
        if (!resource.kind().equals("RoleBinding")) return namespaces;
        var subjects = resource.node().get("subjects");
        if (subjects == null || !subjects.isSequence()) return namespaces;
        for (var subject : subjects.content()) {
            var namespace = subject.get("namespace");
            if (namespace == null || !subject.fieldText("kind").equals("ServiceAccount")) continue;
            boolean text = namespace.isText() && (namespace.style() == Node.Style.QUOTED || isText(namespace));
            if (!text) {
                throw Refusal.at(
                        namespace.origin(),
                        "Invalid Input: namespace is blank for resource \"" + resource.id() + "\"");
            }
            namespaces.add(namespace.text());
        }
        return namespaces;
    }

    private static boolean isText(Node node) {
        return node.tag().equals(Meaning.STRING) || Meaning.tag(node.text()).equals(Meaning.STRING);
    }
}
