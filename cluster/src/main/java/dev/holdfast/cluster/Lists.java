package dev.holdfast.cluster;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.port.ApiTransport.Request;
import dev.holdfast.port.Cluster.Caller;
import dev.holdfast.port.Cluster.Form;
import dev.holdfast.port.Cluster.Selection;
import dev.holdfast.yaml.JsonReader;
import java.util.Optional;
import java.util.function.Consumer;

/// Lists in pages. A list is whole or it throws: whoever prunes by what is not in a list must be able to rely on
/// it.
final class Lists {

    private static final String PAGE = "500";
    private static final int ATTEMPTS = 2;

    private final Calls calls;

    Lists(Calls calls) {
        this.calls = calls;
    }

    /// Reads every page. `begin` is called before the first object, and again if the list has to start over because
    /// its snapshot expired between two pages: what `each` heard before that counts no more.
    String read(Selection selection, Caller caller, Runnable begin, Consumer<Mapping> each) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            begin.run();
            var version = pages(selection, caller, each);
            if (version.isPresent()) return version.get();
        }
        throw new FaultException(Fault.temporary(
                "ListExpired",
                "the list of " + words(selection) + " expired between two pages, twice",
                "It is tried again; the API server compacts faster than it lists"));
    }

    /// The resourceVersion of the list; empty when it expired midway.
    private Optional<String> pages(Selection selection, Caller caller, Consumer<Mapping> each) {
        var version = "";
        var token = "";
        do {
            var reply = calls.read(page(selection, caller, token));
            if (reply.status() == 410 && !token.isEmpty()) return Optional.empty();
            if (!reply.ok()) {
                throw new FaultException(Statuses.fault(Statuses.of(reply), "list " + words(selection)));
            }
            var list = JsonReader.readObject(reply.body());
            if (!(list.get("items") instanceof dev.holdfast.model.Sequence items)) throw noList(selection);
            for (Value item : items) {
                if (!(item instanceof Mapping object)) throw noList(selection);
                each.accept(shaped(object, selection));
            }
            if (version.isEmpty())
                version = list.text("metadata", "resourceVersion").orElse("");
            var next = list.text("metadata", "continue").orElse("");
            if (!next.isEmpty() && next.equals(token)) throw noList(selection);
            token = next;
        } while (!token.isEmpty());
        return Optional.of(version);
    }

    private static Request page(Selection selection, Caller caller, String token) {
        var query = selecting(selection).with("limit", PAGE).withGiven("continue", token);
        return Calls.get(query.toString(), caller, accept(selection.form(), "PartialObjectMetadataList"));
    }

    static Targets.Query selecting(Selection selection) {
        var name = selection.name().isEmpty() ? "" : "metadata.name=" + selection.name();
        return new Targets.Query(Targets.collection(selection.resource(), selection.namespace()))
                .withGiven("labelSelector", selection.labelSelector())
                .withGiven("fieldSelector", name);
    }

    /// Servers that cannot leave out the rest send whole objects; {@link #shaped} leaves it out then.
    static String accept(Form form, String partialKind) {
        return switch (form) {
            case WHOLE -> Calls.JSON;
            case METADATA -> "application/json;as=" + partialKind + ";g=meta.k8s.io;v=v1,application/json";
        };
    }

    /// Items of lists name neither their apiVersion nor their kind, and metadata names the kind of the answer
    /// instead: all leave here with those of the resource.
    static Mapping shaped(Mapping object, Selection selection) {
        var gvk = selection.resource().gvk();
        if (selection.form() == Form.WHOLE && object.has("apiVersion") && object.has("kind")) return object;
        var shaped = Mapping.builder().put("apiVersion", gvk.apiVersion()).put("kind", gvk.kind());
        for (var field : object) {
            boolean wanted = selection.form() == Form.WHOLE || field.key().equals("metadata");
            if (wanted && !field.key().equals("apiVersion") && !field.key().equals("kind")) {
                shaped.put(field.key(), field.value());
            }
        }
        return shaped.build();
    }

    static String words(Selection selection) {
        var gvk = selection.resource().gvk();
        var plural = selection.resource().plural() + (gvk.group().isEmpty() ? "" : "." + gvk.group());
        var one = selection.name().isEmpty() ? plural : plural + " `" + selection.name() + "`";
        return selection.namespace().isEmpty() ? one : one + " in namespace " + selection.namespace();
    }

    private static FaultException noList(Selection selection) {
        return new FaultException(Fault.temporary(
                "InvalidAnswer",
                "the answer to listing " + words(selection) + " is no list of objects",
                "It is tried again; look for a proxy in between"));
    }
}
