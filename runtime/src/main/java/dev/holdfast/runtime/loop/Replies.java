package dev.holdfast.runtime.loop;

import dev.holdfast.engine.apply.Reply;
import dev.holdfast.port.Cluster.Answer;
import dev.holdfast.port.Cluster.ApiStatus;

/// What a cluster answers, in the engine's words.
final class Replies {

    private Replies() {}

    static Reply of(Answer answer) {
        return switch (answer) {
            case Answer.Done(var status, var body, var _) ->
                new Reply.Done(body, status == 201 ? Reply.Effect.CREATED : Reply.Effect.APPLIED);
            case Answer.Refused(var status) -> refused(status);
        };
    }

    static Reply refused(ApiStatus status) {
        var causes = status.causes().stream()
                .map(cause -> new Reply.Cause(cause.reason(), cause.message(), cause.field()))
                .toList();
        return Reply.refused(new Reply.Refusal(status.code(), status.reason(), status.message(), causes));
    }
}
