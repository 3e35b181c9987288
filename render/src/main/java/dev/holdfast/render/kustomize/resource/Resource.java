package dev.holdfast.render.kustomize.resource;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Origin;
import dev.holdfast.render.kustomize.tree.Node;
import dev.holdfast.render.kustomize.tree.Paths;
import dev.holdfast.yaml.Meaning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One object of a build. What a build must remember of it (its former names, the prefixes it got) stands in
/// annotations of the object itself, as in Kustomize, because patches can see and move them; they are taken away at
/// the end.
public final class Resource {

    private static final String INTERNAL = "internal.config.kubernetes.io/";
    static final String PREVIOUS_KINDS = INTERNAL + "previousKinds";
    static final String PREVIOUS_NAMES = INTERNAL + "previousNames";
    static final String PREVIOUS_NAMESPACES = INTERNAL + "previousNamespaces";
    static final String PREFIXES = INTERNAL + "prefixes";
    static final String SUFFIXES = INTERNAL + "suffixes";
    static final String REFERRED_BY = INTERNAL + "refBy";
    static final String BEHAVIOR = INTERNAL + "generatorBehavior";
    static final String NEEDS_HASH = INTERNAL + "needsHashSuffix";
    static final String ALLOW_NAME_CHANGE = INTERNAL + "allowNameChange";
    static final String ALLOW_KIND_CHANGE = INTERNAL + "allowKindChange";
    private static final String ENABLED = "enabled";

    static final List<String> BUILD_ANNOTATIONS = List.of(
            PREVIOUS_KINDS,
            PREVIOUS_NAMES,
            PREFIXES,
            SUFFIXES,
            PREVIOUS_NAMESPACES,
            ALLOW_NAME_CHANGE,
            ALLOW_KIND_CHANGE,
            REFERRED_BY,
            BEHAVIOR,
            NEEDS_HASH,
            INTERNAL + "path",
            INTERNAL + "index",
            INTERNAL + "seqindent",
            INTERNAL + "id",
            INTERNAL + "annotations-migration-resource-id",
            "config.kubernetes.io/path",
            "config.kubernetes.io/index",
            "config.k8s.io/id",
            INTERNAL + "helm-generated");

    private Node node;
    private final Scopes scopes;
    private List<String> referringVariables = List.of();
    /// What the last look at kind and version gave, and the version as it was written.
    private @Nullable Gvk gvk;
    private String gvkVersion = "";

    public Resource(Node node, Scopes scopes) {
        this.node = node;
        this.scopes = scopes;
    }

    public Node node() {
        return node;
    }

    public void replaceNode(Node other) {
        node = other;
    }

    public Origin origin() {
        return node.origin();
    }

    public boolean isEmpty() {
        return node.isEmpty();
    }

    /// Nothing is left of it; the list will drop it.
    public void clear() {
        node = Node.mapping(node.origin());
    }

    public Resource copy() {
        var copy = new Resource(node.copy(), scopes);
        copy.referringVariables = referringVariables;
        return copy;
    }

    public String kind() {
        return rawField("kind");
    }

    public String apiVersion() {
        return rawField("apiVersion");
    }

    private String rawField(String name) {
        var field = node.get(name);
        return field == null ? "" : field.text();
    }

    public Gvk gvk() {
        var apiVersion = apiVersion();
        var kind = kind();
        var known = gvk;
        if (known != null && apiVersion.equals(gvkVersion) && kind.equals(known.kind())) return known;
        var made = Gvk.of(apiVersion, kind);
        gvk = made;
        gvkVersion = apiVersion;
        return made;
    }

    public String name() {
        return metadataText("name");
    }

    public String namespace() {
        return metadataText("namespace");
    }

    private @Nullable Node metadata() {
        var metadata = node.get("metadata");
        return metadata == null || metadata.isEmpty() ? null : metadata;
    }

    private String metadataText(String field) {
        var metadata = metadata();
        var found = metadata == null ? null : metadata.get(field);
        return found == null || found.isEmpty() ? "" : found.text();
    }

    public ResId id() {
        return id(gvk(), name(), namespace());
    }

    private ResId id(Gvk gvk, String name, String namespace) {
        return new ResId(gvk, name, namespace, scopes.clusterScoped(gvk.apiVersion(), gvk.kind()));
    }

    /// The identity that it had in its file.
    public ResId originalId() {
        var previous = previousIds();
        return previous.isEmpty() ? id() : previous.getFirst();
    }

    /// Every identity that it had before, the oldest first.
    public List<ResId> previousIds() {
        var annotations = annotationsNode();
        if (annotations == null || annotations.get(PREVIOUS_NAMES) == null) return List.of();
        var names = list(PREVIOUS_NAMES);
        var namespaces = list(PREVIOUS_NAMESPACES);
        var kinds = list(PREVIOUS_KINDS);
        var gvk = gvk();
        var ids = new ArrayList<ResId>(names.size());
        for (int i = 0; i < names.size() && i < namespaces.size() && i < kinds.size(); i++) {
            var former = new Gvk(gvk.group(), gvk.version(), kinds.get(i));
            ids.add(ResId.named(former, names.get(i), namespaces.get(i)));
        }
        return ids;
    }

    public void storePreviousId() {
        var id = id();
        append(PREVIOUS_NAMES, id.name());
        append(PREVIOUS_NAMESPACES, id.effectiveNamespace());
        append(PREVIOUS_KINDS, id.gvk().kind());
    }

    public void setKind(String kind, Origin origin) {
        node.set("kind", Node.plain(kind, origin));
    }

    public void setGvk(Gvk gvk, Origin origin) {
        setKind(gvk.kind(), origin);
        node.set("apiVersion", Node.plain(gvk.apiVersion(), origin));
    }

    public void setName(String name, Origin origin) {
        var metadata = Paths.lookupCreate(node, Node.Kind.MAPPING, List.of("metadata"), origin);
        if (metadata != null) metadata.set("name", Node.plain(name, origin));
    }

    public void setNamespace(String namespace, Origin origin) {
        if (namespace.isEmpty()) {
            var metadata = node.get("metadata");
            if (metadata != null && metadata.isMapping()) metadata.remove("namespace");
            return;
        }
        var metadata = Paths.lookupCreate(node, Node.Kind.MAPPING, List.of("metadata"), origin);
        if (metadata != null) metadata.set("namespace", Node.plain(namespace, origin));
    }

    private @Nullable Node annotationsNode() {
        var metadata = metadata();
        var annotations = metadata == null ? null : metadata.get("annotations");
        return annotations == null || !annotations.isMapping() ? null : annotations;
    }

    public TreeMap<String, Node> annotations() {
        return texts("annotations");
    }

    public TreeMap<String, Node> labels() {
        return texts("labels");
    }

    private TreeMap<String, Node> texts(String field) {
        var texts = new TreeMap<String, Node>();
        var metadata = metadata();
        var found = metadata == null ? null : metadata.get(field);
        if (found == null || !found.isMapping()) return texts;
        for (int i = 0; i < found.size(); i++) texts.put(found.key(i), found.item(i));
        return texts;
    }

    public @Nullable String annotation(String key) {
        var annotations = annotationsNode();
        var found = annotations == null ? null : annotations.get(key);
        return found == null ? null : found.text();
    }

    public void setAnnotations(Map<String, Node> annotations) {
        setTexts("annotations", annotations);
    }

    public void setLabels(Map<String, Node> labels) {
        setTexts("labels", labels);
    }

    /// All values become strings; nothing at all removes the field.
    private void setTexts(String field, Map<String, Node> texts) {
        var metadata = Paths.lookupCreate(node, Node.Kind.MAPPING, List.of("metadata"), node.origin());
        if (metadata == null) return;
        Paths.require(metadata, Node.Kind.MAPPING);
        var before = metadata.remove(field);
        if (texts.isEmpty()) return;
        var made = Node.mapping(before == null ? node.origin() : before.origin());
        texts.forEach((key, value) -> made.append(
                key,
                Node.scalar(Meaning.STRING, value.isScalar() ? value.text() : "", Node.Style.PLAIN, value.origin())));
        metadata.append(field, made);
    }

    /// Sets one annotation; nothing else of the object changes.
    public void annotate(String key, String text) {
        var metadata = metadata();
        var before = metadata == null ? null : metadata.get("annotations");
        if (metadata != null && before != null && before.isEmpty()) metadata.remove("annotations");
        var annotations =
                Paths.lookupCreate(node, Node.Kind.MAPPING, List.of("metadata", "annotations"), node.origin());
        if (annotations == null) return;
        Paths.require(annotations, Node.Kind.MAPPING);
        annotations.set(key, Node.scalar(Meaning.STRING, text, Node.Style.QUOTED, Origin.NONE));
    }

    /// As {@link #annotate}, as Kustomize does it for all but lists of names: all annotations are written anew, so
    /// what is set in one of them later is set in no other place.
    public void annotateAnew(String key, String text) {
        annotate(key, text);
        var annotations = annotationsNode();
        if (annotations != null) annotations.content().replaceAll(Node::copy);
    }

    private List<String> list(String annotation) {
        var text = annotation(annotation);
        return text == null ? List.of() : List.of(text.split(",", -1));
    }

    private void append(String annotation, String text) {
        if (text.isEmpty()) return;
        var before = annotation(annotation);
        annotate(annotation, before == null ? text : before + "," + text);
    }

    public void addPrefix(String prefix) {
        append(PREFIXES, prefix);
    }

    public void addSuffix(String suffix) {
        append(SUFFIXES, suffix);
    }

    public List<String> prefixes() {
        return list(PREFIXES);
    }

    public List<String> suffixes() {
        return list(SUFFIXES);
    }

    /// How exactly the prefixes and suffixes of two objects must agree.
    public enum Strictness {
        /// None at all agrees with everything.
        EMPTY_IS_ANY,
        EXACT
    }

    /// Whether this and another object were given the same names parts by the kustomizations around them both.
    public boolean sameSurroundings(Resource other, Strictness strictness) {
        return sameEnd(prefixes(), other.prefixes(), strictness) && sameEnd(suffixes(), other.suffixes(), strictness);
    }

    private static boolean sameEnd(List<String> one, List<String> other, Strictness strictness) {
        if (strictness == Strictness.EMPTY_IS_ANY && (one.isEmpty() || other.isEmpty())) return true;
        var shorter = one.size() <= other.size() ? one : other;
        var longer = shorter == one ? other : one;
        if (shorter.isEmpty() && !longer.isEmpty()) return false;
        return longer.subList(longer.size() - shorter.size(), longer.size()).equals(shorter);
    }

    public void recordReferrer(ResId referrer) {
        append(REFERRED_BY, referrer.toString());
    }

    public Behavior behavior() {
        var text = annotation(BEHAVIOR);
        return Behavior.of(text == null ? "" : text);
    }

    public void setBehavior(Behavior behavior) {
        annotateAnew(BEHAVIOR, behavior.word());
    }

    public boolean needsHash() {
        return isEnabled(NEEDS_HASH);
    }

    public void enableHash() {
        annotateAnew(NEEDS_HASH, ENABLED);
    }

    public boolean nameChangeAllowed() {
        return isEnabled(ALLOW_NAME_CHANGE);
    }

    public void allowNameChange() {
        annotateAnew(ALLOW_NAME_CHANGE, ENABLED);
    }

    public boolean kindChangeAllowed() {
        return isEnabled(ALLOW_KIND_CHANGE);
    }

    public void allowKindChange() {
        annotateAnew(ALLOW_KIND_CHANGE, ENABLED);
    }

    private boolean isEnabled(String annotation) {
        return ENABLED.equals(annotation(annotation));
    }

    public List<String> referringVariables() {
        return referringVariables;
    }

    public void addReferringVariable(String name) {
        var more = new ArrayList<>(referringVariables);
        more.add(name);
        referringVariables = more;
    }

    public void takeReferringVariables(Resource other) {
        referringVariables = other.referringVariables;
    }

    /// The annotations that only the build needs.
    public Map<String, Node> internalAnnotations() {
        var internal = annotations();
        internal.keySet().removeIf(key -> !key.startsWith(INTERNAL));
        return internal;
    }

    /// Helm's own objects keep the namespace that Helm gave them.
    public boolean isMadeByHelm() {
        return "true".equals(annotation(INTERNAL + "helm-generated"));
    }

    public void removeBuildAnnotations() {
        var annotations = annotations();
        if (annotations.isEmpty()) return;
        BUILD_ANNOTATIONS.forEach(annotations::remove);
        setAnnotations(annotations);
    }

    @Override
    public String toString() {
        return id().toString();
    }
}
