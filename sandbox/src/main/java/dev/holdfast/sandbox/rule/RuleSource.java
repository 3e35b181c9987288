package dev.holdfast.sandbox.rule;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One entry of `x-kubernetes-validations` as its author wrote it. Texts that are not there are empty.
record RuleSource(
        String rule,
        String message,
        String messageExpression,
        Optional<String> reason,
        String fieldPath,
        Optional<Boolean> optionalOldSelf) {

    private static final String FIELD = "x-kubernetes-validations";

    static List<RuleSource> of(Mapping schema) {
        var rules = new ArrayList<RuleSource>();
        for (var entry : schema.sequence(FIELD).mappings()) {
            rules.add(new RuleSource(
                    entry.text("rule").orElse(""),
                    entry.text("message").orElse(""),
                    entry.text("messageExpression").orElse(""),
                    entry.text("reason"),
                    entry.text("fieldPath").orElse(""),
                    entry.bool("optionalOldSelf")));
        }
        return rules;
    }

    boolean oldSelfMayBeMissing() {
        return optionalOldSelf.orElse(false);
    }

    /// What a refusal says where no expression says it.
    String told() {
        return message.isEmpty() ? "failed rule: " + rule.strip() : message.strip();
    }

    /// How errors about the rule itself call it.
    String called() {
        return message.isEmpty() ? rule.strip() : message.strip();
    }

    /// The rule as the server's own type is printed in errors about it.
    Mapping printed() {
        return Mapping.builder()
                .put("Rule", rule)
                .put("Message", message)
                .put("MessageExpression", messageExpression)
                .put("Reason", reason.<Value>map(Value::of).orElse(Value.none()))
                .put("FieldPath", fieldPath)
                .put(
                        "OptionalOldSelf",
                        optionalOldSelf
                                .<Value>map(flag -> flag ? Value.TRUE : Value.FALSE)
                                .orElse(Value.none()))
                .build();
    }
}
