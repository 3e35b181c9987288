package dev.holdfast.sandbox.api;

import dev.holdfast.port.ApiTransport.Header;
import dev.holdfast.sandbox.answer.Answer;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.request.Form;
import dev.holdfast.sandbox.trouble.FaultRule.Outcome;
import java.util.ArrayList;

/// Refusals as answers.
final class Refusals {

    private Refusals() {}

    static Answer answer(Refusal refusal, Form form) {
        var body = Texts.of(refusal.status(), form.format());
        var headers = new ArrayList<Header>();
        headers.add(Texts.contentType(form.format()));
        refusal.retryAfterSeconds().ifPresent(seconds -> headers.add(new Header("Retry-After", seconds.toString())));
        if (refusal.code() == 401) headers.add(new Header("WWW-Authenticate", "Bearer"));
        return new Answer.Whole(refusal.code(), headers, body);
    }

    /// The Status that a fault switch asks for, as a server in that state writes it.
    static Refusal ofStatus(Outcome.Status status) {
        var reason = switch (status.code()) {
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "NotFound";
            case 409 -> "Conflict";
            case 410 -> "Expired";
            case 422 -> "Invalid";
            case 429 -> "TooManyRequests";
            case 500 -> "InternalError";
            case 503 -> "ServiceUnavailable";
            case 504 -> "Timeout";
            default -> "";
        };
        var message = status.message().isEmpty()
                ? "a fault switch of the sandbox answers " + status.code()
                : status.message();
        if (status.retryAfterSeconds().isEmpty()) return Refusal.of(status.code(), reason, message);
        return Refusal.retryLater(
                status.code(), reason, message, status.retryAfterSeconds().get());
    }
}
