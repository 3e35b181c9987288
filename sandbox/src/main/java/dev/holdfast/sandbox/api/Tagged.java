package dev.holdfast.sandbox.api;

import dev.holdfast.port.ApiTransport.Header;
import dev.holdfast.sandbox.answer.Answer;
import dev.holdfast.sandbox.request.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Answers with a tag: a client that has one already is told so and gets no body.
final class Tagged {

    private Tagged() {}

    static Optional<Answer> known(Call call, String tag) {
        var named = call.header("If-None-Match").orElse("");
        if (!named.equals(quoted(tag)) && !named.equals(tag)) return Optional.empty();
        return Optional.of(new Answer.Whole(304, List.of(new Header("Etag", quoted(tag))), new byte[0]));
    }

    static Answer with(String tag, Answer answer) {
        if (!(answer instanceof Answer.Whole(var status, var headers, var body))) return answer;
        var more = new ArrayList<>(headers);
        more.add(new Header("Etag", quoted(tag)));
        return new Answer.Whole(status, more, body);
    }

    private static String quoted(String tag) {
        return '"' + tag + '"';
    }
}
