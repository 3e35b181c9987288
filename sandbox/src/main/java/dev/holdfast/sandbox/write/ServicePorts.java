package dev.holdfast.sandbox.write;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.answer.Refusal.Cause;
import dev.holdfast.sandbox.realm.Realm;
import dev.holdfast.yaml.JsonWriter;
import java.util.List;

/// Addresses and ports that a client asks for: refused where another Service has them, or where the cluster has no
/// such ones. That is found out before the rest is judged, so these errors come alone.
final class ServicePorts {

    private static final String ADDRESSES = "spec.clusterIPs";

    private final Realm realm;

    ServicePorts(Realm realm) {
        this.realm = realm;
    }

    void check(Target target, Mapping service) {
        if (!target.type().qualified().equals("services")) return;
        var spec = service.mapping("spec");
        var ports = spec.sequence("ports").mappings();
        for (int i = 0; i < ports.size(); i++) {
            long number = ports.get(i).whole("nodePort").orElse(0L);
            var type = spec.text("type").orElse("");
            if (number == 0 || !List.of("NodePort", "LoadBalancer").contains(type)) continue;
            var place = "spec.ports[" + i + "].nodePort";
            if (number < 30_000 || number > 32_767) {
                throw refusal(
                        target,
                        place,
                        number + ": provided port is not in the valid range. The range of valid ports is 30000-32767");
            }
            if (portTaken(target, ports.get(i), number)) {
                throw refusal(target, place, number + ": provided port is already allocated");
            }
        }
        var addresses = spec.sequence("clusterIPs");
        if (addresses.isEmpty() && spec.has("clusterIP"))
            addresses = Sequence.of(spec.find("clusterIP").stream().toList());
        for (var address : addresses) {
            var text = address.asText().filter(given -> !given.isEmpty()).orElse("None");
            if (text.equals("None") || !addressTaken(target, text)) continue;
            throw refusal(
                    target,
                    ADDRESSES,
                    JsonWriter.text(addresses) + ": failed to allocate IP " + text
                            + ": provided IP is already allocated");
        }
    }

    private boolean portTaken(Target target, Mapping port, long number) {
        for (var other : realm.store().shelf("services").items().after("")) {
            if (other.key().equals(target.key())) continue;
            for (var taken : other.tree().sequence("spec", "ports").mappings()) {
                if (taken.whole("nodePort").orElse(0L) == number
                        && taken.text("protocol").equals(port.text("protocol"))) return true;
            }
        }
        return false;
    }

    private boolean addressTaken(Target target, String address) {
        for (var other : realm.store().shelf("services").items().after("")) {
            if (other.key().equals(target.key())) continue;
            for (var taken : other.tree().sequence("spec", "clusterIPs")) {
                if (taken.asText().orElse("").equals(address)) return true;
            }
        }
        return false;
    }

    private static Refusal refusal(Target target, String field, String detail) {
        return Refusal.invalid(
                target.kindSubject(), List.of(new Cause("FieldValueInvalid", "Invalid value: " + detail, field)));
    }
}
