package dev.holdfast.sandbox.api;

import dev.holdfast.model.Mapping;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.answer.Refusal.Cause;
import dev.holdfast.sandbox.answer.Refusal.Subject;
import dev.holdfast.sandbox.write.Target;
import java.util.ArrayList;
import java.util.List;

/// Whether a question can be answered at all. Each method gives back what it was given.
final class Reviews {

    private static final String INVALID = "FieldValueInvalid";

    private Reviews() {}

    static Mapping attributes(Target target, Mapping review) {
        refuse(target, asked(review));
        return review;
    }

    static Mapping subject(Target target, Mapping review) {
        var causes = asked(review);
        boolean nobody = review.text("spec", "user").orElse("").isEmpty()
                && review.sequence("spec", "groups").isEmpty();
        if (nobody) {
            causes.add(new Cause(
                    INVALID, "Invalid value: \"\": at least one of user or group must be specified", "spec.user"));
        }
        refuse(target, causes);
        return review;
    }

    /// Either a resource or a path is asked for.
    private static List<Cause> asked(Mapping review) {
        var causes = new ArrayList<Cause>();
        var spec = review.mapping("spec");
        boolean resource = spec.has("resourceAttributes");
        boolean path = spec.has("nonResourceAttributes");
        if (!resource && !path) {
            causes.add(new Cause(
                    INVALID,
                    "Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified",
                    "spec.resourceAttributes"));
        }
        return causes;
    }

    private static void refuse(Target target, List<Cause> causes) {
        // the server has forgotten the kind by then, and names the group alone
        if (!causes.isEmpty())
            throw Refusal.invalid(new Subject("", target.type().group(), ""), causes);
    }

    static Mapping rules(Mapping review) {
        if (review.text("spec", "namespace").orElse("").isEmpty()) {
            throw Refusal.badRequest("no namespace on request");
        }
        return review;
    }

    static Mapping token(Mapping review) {
        if (review.text("spec", "token").orElse("").isEmpty()) {
            throw Refusal.badRequest("token is required for TokenReview in authentication");
        }
        return review;
    }
}
