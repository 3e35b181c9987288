package dev.holdfast.runtime.home;

import dev.holdfast.model.Fault;
import dev.holdfast.port.Cluster.ApiStatus;

/// What a refusal of one of Holdfast's own requests means.
public final class Refusals {

    private Refusals() {}

    public static Fault fault(ApiStatus status, String doing, String cluster) {
        var message = doing + " in " + cluster + " failed: " + said(status);
        return switch (status.code()) {
            case 401 -> Fault.terminal("Unauthorized", message, "Renew Holdfast's credentials for this cluster");
            case 403 ->
                status.message().contains("being terminated")
                        ? Fault.waiting("NamespaceTerminating", message, "the namespace is gone")
                        : Fault.terminal("Forbidden", message, "Give Holdfast's own identity this right");
            case 408, 409, 429, 500, 502, 503, 504 -> Fault.temporary("Unavailable", message, "It is tried again");
            default ->
                Fault.terminal(status.reason().isEmpty() ? "Refused" : status.reason(), message, "See the message");
        };
    }

    private static String said(ApiStatus status) {
        var text = status.message().isEmpty() ? "HTTP " + status.code() : status.message();
        return text.length() > 500 ? text.substring(0, 500) + "…" : text;
    }
}
