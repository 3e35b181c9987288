package dev.holdfast.sandbox.schema;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.realm.Types;
import dev.holdfast.sandbox.resource.ResourceType;
import java.util.ArrayList;
import java.util.List;

/// The paths of a resource, with as much about its operations as clients look for: which kind they are of, what
/// they take and give, and which parameters.
final class PathText {

    private static final Sequence FORMATS = Value.texts(List.of("application/json", "application/yaml"));
    private static final Sequence PATCHES = Value.texts(
            List.of("application/json-patch+json", "application/merge-patch+json", "application/apply-patch+yaml"));
    private static final Sequence STRATEGIC = Value.texts(List.of(
            "application/json-patch+json",
            "application/merge-patch+json",
            "application/strategic-merge-patch+json",
            "application/apply-patch+yaml"));

    private final Types types;
    private final Edition edition;

    PathText(Types types, Edition edition) {
        this.types = types;
        this.edition = edition;
    }

    void write(ResourceType type, Mapping.Builder paths) {
        var root = (type.group().isEmpty() ? "/api/" : "/apis/") + type.apiVersion() + "/";
        var collection = root + (type.namespaced() ? "namespaces/{namespace}/" : "") + type.plural();
        var many = Mapping.builder();
        if (type.allows("list")) many.put("get", operation(type, "list", list(type)));
        if (type.allows("create")) many.put("post", operation(type, "post", kind(type)));
        if (type.allows("deletecollection")) {
            many.put("delete", operation(type, "deletecollection", KindSchemas.STATUS));
        }
        paths.put(collection, parameters(many, type.namespaced() ? List.of("namespace") : List.of()));
        if (type.namespaced() && type.allows("list")) {
            paths.put(
                    root + type.plural(),
                    Mapping.builder()
                            .put("get", operation(type, "list", list(type)))
                            .build());
        }
        var names = type.namespaced() ? List.of("name", "namespace") : List.of("name");
        var one = Mapping.builder();
        if (type.allows("get")) one.put("get", operation(type, "get", kind(type)));
        if (type.allows("update")) one.put("put", operation(type, "put", kind(type)));
        if (type.allows("patch")) one.put("patch", operation(type, "patch", kind(type)));
        if (type.allows("delete")) one.put("delete", operation(type, "delete", KindSchemas.STATUS));
        if (one.size() > 0) paths.put(collection + "/{name}", parameters(one, names));
        for (var sub : type.subresources()) {
            paths.put(collection + "/{name}/" + sub.name(), parameters(subresource(type, sub), names));
        }
    }

    private Mapping.Builder subresource(ResourceType type, ResourceType.Subresource sub) {
        boolean same = sub.kind().equals(type.gvk());
        var schema = same ? kind(type) : KindSchemas.builtIn(sub.kind());
        var operations = Mapping.builder();
        for (var verb : sub.verbs()) {
            switch (verb) {
                case "get" -> operations.put("get", operation(type, "get", schema));
                case "update" -> operations.put("put", operation(type, "put", schema));
                case "patch" -> operations.put("patch", operation(type, "patch", schema));
                case "create" -> operations.put("post", operation(type, "post", schema));
                default -> {
                    // the others are not written down
                }
            }
        }
        return operations;
    }

    private String kind(ResourceType type) {
        return KindSchemas.name(types, type);
    }

    private String list(ResourceType type) {
        return kind(type) + "List";
    }

    private Mapping parameters(Mapping.Builder operations, List<String> names) {
        var parameters = new ArrayList<Value>();
        for (var name : names) {
            parameters.add(parameter(name, "path", "string").with("required", Value.TRUE));
        }
        return operations.put("parameters", Value.of(parameters)).build();
    }

    private Mapping operation(ResourceType type, String action, String answer) {
        var parameters = new ArrayList<Value>();
        boolean sends = action.equals("post") || action.equals("put") || action.equals("patch");
        if (sends || action.equals("delete")) parameters.add(parameter("dryRun", "query", "string"));
        if (sends) {
            parameters.add(parameter("fieldManager", "query", "string"));
            parameters.add(parameter("fieldValidation", "query", "string"));
        }
        if (action.equals("patch")) parameters.add(parameter("force", "query", "boolean"));
        var operation = Mapping.builder().put("operationId", action + type.kind() + type.version());
        var patch = type.custom() ? PATCHES : STRATEGIC;
        if (edition == Edition.V2) {
            operation.put("consumes", action.equals("patch") ? patch : FORMATS).put("produces", FORMATS);
            if (sends) parameters.addFirst(body(action.equals("patch") ? AnswerSchemas.PATCH : answer));
        } else if (sends) {
            var formats = action.equals("patch") ? patch : FORMATS;
            operation.put(
                    "requestBody",
                    Mapping.of("content", content(formats, action.equals("patch") ? AnswerSchemas.PATCH : answer)));
        }
        return operation
                .put("parameters", Value.of(parameters))
                .put("responses", Mapping.of("200", response(answer)))
                .put("x-kubernetes-action", action)
                .put("x-kubernetes-group-version-kind", KindSchemas.printed(type.gvk()))
                .build();
    }

    private Mapping schema(String name) {
        return Mapping.of("$ref", Value.of(edition.reference(name)));
    }

    private Mapping body(String name) {
        return Mapping.builder()
                .put("name", "body")
                .put("in", "body")
                .put("required", Value.TRUE)
                .put("schema", schema(name))
                .build();
    }

    private Mapping content(Sequence formats, String name) {
        var content = Mapping.builder();
        for (var format : formats) content.put(format.toString(), Mapping.of("schema", schema(name)));
        return content.build();
    }

    private Mapping response(String name) {
        var response = Mapping.builder().put("description", "OK");
        if (edition == Edition.V2) response.put("schema", schema(name));
        else response.put("content", content(FORMATS, name));
        return response.build();
    }

    private Mapping parameter(String name, String in, String type) {
        var parameter = Mapping.builder().put("name", name).put("in", in);
        if (edition == Edition.V2) parameter.put("type", type);
        else parameter.put("schema", Mapping.of("type", Value.of(type)));
        return parameter.build();
    }
}
