package dev.holdfast.render.kustomize.load;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.render.kustomize.tree.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A kustomization file: its fields are known and of the right types, and deprecated ones stand where their
/// successors look.
public final class Kustomization {

    public enum Kind {
        KUSTOMIZATION,
        COMPONENT
    }

    private static final String VERSION = "kustomize.config.k8s.io/v1beta1";
    private static final String COMPONENT_VERSION = "kustomize.config.k8s.io/v1alpha1";

    private final Fields fields;
    private final Kind kind;

    private Kustomization(Fields fields, Kind kind) {
        this.fields = fields;
        this.kind = kind;
    }

    /// @param directory for messages
    /// @throws dev.holdfast.model.FaultException terminal, at the field that is wrong
    public static Kustomization of(Value document, String directory) {
        if (document instanceof Mapping mapping) {
            KustomizationShape.ALL.check(mapping, "");
            return of(new Fields(mapping), directory);
        }
        if (document.isNull()) throw Refusal.at(document.origin(), "kustomization.yaml is empty");
        throw Refusal.at(document.origin(), "invalid Kustomization: a map is expected, not a " + document.typeName());
    }

    private static Kustomization of(Fields fields, String directory) {
        boolean empty = true;
        for (var field : fields.mapping()) {
            boolean typeOnly = field.key().equalsIgnoreCase("kind") || field.key().equalsIgnoreCase("apiVersion");
            empty &= typeOnly || isNothing(field.value());
        }
        if (empty) throw Refusal.at(fields.origin(), "kustomization.yaml is empty");
        var problems = new ArrayList<String>();
        var place = fields.origin();
        var written = fields.text("kind");
        boolean known = written.isEmpty() || written.equals("Kustomization") || written.equals("Component");
        if (!known) {
            problems.add("kind should be Kustomization or Component");
            place = fields.origin("kind");
        }
        var kind = written.equals("Component") ? Kind.COMPONENT : Kind.KUSTOMIZATION;
        var required = kind == Kind.COMPONENT ? COMPONENT_VERSION : VERSION;
        var version = fields.text("apiVersion");
        if (!version.isEmpty() && !version.equals(required)) {
            var named = written.isEmpty() ? "Kustomization" : written;
            problems.add("apiVersion for " + named + " should be " + required);
            place = fields.origin("apiVersion");
        }
        if (!problems.isEmpty()) {
            throw Refusal.at(
                    place,
                    "Failed to read kustomization file under " + directory + ":\n" + String.join("\n", problems));
        }
        return new Kustomization(fields, kind);
    }

    private static boolean isNothing(Value value) {
        return switch (value) {
            case Value.Null _ -> true;
            case Value.Text(var text, var _) -> text.isEmpty();
            default -> false;
        };
    }

    public Fields fields() {
        return fields;
    }

    public Kind kind() {
        return kind;
    }

    public Origin origin() {
        return fields.origin();
    }

    /// With fields that the caller adds or replaces.
    public Kustomization with(Mapping overrides) {
        return overrides.isEmpty() ? this : new Kustomization(fields.with(overrides), kind);
    }

    public List<Value.Text> resources() {
        return joined("resources", "bases");
    }

    private List<Value.Text> joined(String field, String deprecated) {
        var joined = new ArrayList<>(fields.texts(field));
        joined.addAll(fields.texts(deprecated));
        return joined;
    }

    public List<Fields> images() {
        var images = new ArrayList<>(fields.objects("images"));
        images.addAll(fields.objects("imageTags"));
        return images;
    }

    public List<Fields> helmCharts() {
        var charts = new ArrayList<>(fields.objects("helmCharts"));
        charts.addAll(fields.objects("helmChartInflationGenerator"));
        return charts;
    }

    public boolean asksForMetadata(String option) {
        return fields.texts("buildMetadata").stream().anyMatch(each -> each.value().equals(option));
    }

    /// The field with its place; null where there is none or it is empty.
    public Value.@Nullable Text text(String field) {
        var text = fields.text(field);
        return text.isEmpty() ? null : new Value.Text(text, fields.origin(field));
    }

    /// The generators' entries with `env` moved to `envs`.
    public List<Fields> generators(String field) {
        var generators = new ArrayList<Fields>();
        for (var each : fields.objects(field)) {
            var env = each.text("env");
            if (env.isEmpty()) {
                generators.add(each);
                continue;
            }
            var envs = new ArrayList<Value>(each.texts("envs"));
            envs.add(new Value.Text(env, each.origin("env")));
            generators.add(new Fields(each.mapping().without("env").with("envs", Sequence.of(envs))));
        }
        return generators;
    }
}
