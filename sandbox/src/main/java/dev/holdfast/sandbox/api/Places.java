package dev.holdfast.sandbox.api;

import dev.holdfast.model.Digest;
import dev.holdfast.model.Mapping;
import dev.holdfast.port.ApiTransport.Header;
import dev.holdfast.sandbox.access.User;
import dev.holdfast.sandbox.answer.Answer;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.realm.Realm;
import dev.holdfast.sandbox.request.Call;
import dev.holdfast.sandbox.request.Form;
import dev.holdfast.sandbox.resource.Discovery;
import dev.holdfast.sandbox.schema.OpenApi;
import dev.holdfast.sandbox.trouble.Switches;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Paths that are no resources: discovery, schemas, health, version.
public final class Places {

    private final Realm realm;
    private final Switches switches;
    private final Admin admin;
    private final OpenApi openApi;

    public Places(Realm realm, Switches switches, Admin admin) {
        this.realm = realm;
        this.switches = switches;
        this.admin = admin;
        this.openApi = new OpenApi(realm);
    }

    Answer admin(User user, Call call) {
        return admin.answer(user, call);
    }

    Answer answer(Call call, Form form) {
        if (!call.method().equals("GET") && !call.method().equals("HEAD")) {
            return Answer.plain(405, "405 method not allowed\n");
        }
        if (form.as() == Form.As.DISCOVERY && !switches.has(Switches.Feature.AGGREGATED_DISCOVERY)) {
            return answer(call, Form.PLAIN);
        }
        var path = call.path();
        var first = path.isEmpty() ? "" : path.getFirst();
        return switch (first) {
            case "api" -> core(call, form);
            case "apis" -> groups(call, form);
            case "openapi" -> schemas(call, form);
            case "version" -> Texts.answer(200, VERSION, form);
            case "healthz", "livez", "readyz" -> Answer.plain(200, health(first, call));
            default -> unknown();
        };
    }

    private static String health(String what, Call call) {
        if (!call.query().has("verbose")) return "ok";
        return "[+]ping ok\n[+]log ok\n[+]etcd ok\n" + what + " check passed\n";
    }

    private static final Mapping VERSION = Mapping.builder()
            .put("major", "1")
            .put("minor", "36")
            .put("emulationMajor", "1")
            .put("emulationMinor", "36")
            .put("minCompatibilityMajor", "1")
            .put("minCompatibilityMinor", "35")
            .put("gitVersion", "v1.36.2")
            .put("gitCommit", "")
            .put("gitTreeState", "clean")
            .put("buildDate", "2026-01-01T00:00:00Z")
            .put("goVersion", "")
            .put("compiler", "")
            .put("platform", "linux/amd64")
            .build();

    private Discovery discovery() {
        return new Discovery(realm.catalog(), switches.groupsDown());
    }

    private Answer schemas(Call call, Form form) {
        var path = call.path();
        if (path.size() == 2 && path.get(1).equals("v2")) {
            return form.as() == Form.As.WIRE ? wire(call) : document(call, openApi.older(), form);
        }
        if (path.size() < 2 || !path.get(1).equals("v3")) return unknown();
        if (path.size() == 2) return document(call, openApi.index(), form);
        var found = openApi.document(path.subList(2, path.size()));
        if (found.isEmpty()) return unknown();
        var asked = call.query().get("hash");
        var hash = found.get().hash();
        if (asked.isEmpty() || asked.equals(hash)) return document(call, found.get(), form);
        var newer = "/" + String.join("/", path) + "?hash=" + hash;
        return new Answer.Whole(301, List.of(new Header("Location", newer)), new byte[0]);
    }

    private static Answer document(Call call, OpenApi.Document document, Form form) {
        var kept = Tagged.known(call, document.hash());
        if (kept.isPresent()) return kept.get();
        return Tagged.with(document.hash(), Texts.answer(200, document.bytes(), form));
    }

    private Answer wire(Call call) {
        var document = openApi.olderOnTheWire();
        var type = new Header("Content-Type", "application/com.github.proto-openapi.spec.v2.v1.0+protobuf");
        return Tagged.known(call, document.hash())
                .orElseGet(() -> Tagged.with(document.hash(), new Answer.Whole(200, List.of(type), document.bytes())));
    }

    private Answer core(Call call, Form form) {
        if (call.path().size() == 1) {
            return form.as() == Form.As.DISCOVERY
                    ? aggregated(call, discovery().aggregatedCore(), form)
                    : Texts.answer(200, discovery().coreVersions(), form);
        }
        return found(call.path().size() == 2 ? discovery().resources(call.path().get(1)) : Optional.empty(), form);
    }

    private Answer groups(Call call, Form form) {
        var path = call.path();
        if (path.size() == 1) {
            return form.as() == Form.As.DISCOVERY
                    ? aggregated(call, discovery().aggregatedGroups(), form)
                    : Texts.answer(200, discovery().groupList(), form);
        }
        if (path.size() == 2) return found(discovery().group(path.get(1)), form);
        if (path.size() > 3) return unknown();
        if (switches.groupsDown().contains(path.get(1))) {
            throw Refusal.of(503, "ServiceUnavailable", "the server is currently unable to handle the request");
        }
        return found(discovery().resources(path.get(1) + "/" + path.get(2)), form);
    }

    private static Answer aggregated(Call call, Mapping body, Form form) {
        var type = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
        var text = Texts.of(body, form.format());
        var tag = Digest.of(text).hex().toUpperCase(Locale.ROOT);
        return Tagged.known(call, tag)
                .orElseGet(() -> Tagged.with(
                        tag,
                        new Answer.Whole(
                                200, List.of(new Header("Content-Type", type), new Header("Vary", "Accept")), text)));
    }

    private static Answer found(Optional<Mapping> body, Form form) {
        return body.map(mapping -> Texts.answer(200, mapping, form)).orElseGet(Places::unknown);
    }

    private static Answer unknown() {
        return Answer.plain(404, "404 page not found\n");
    }
}
