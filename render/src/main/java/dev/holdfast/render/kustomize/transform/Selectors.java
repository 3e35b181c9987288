package dev.holdfast.render.kustomize.transform;

import dev.holdfast.model.Gvk;
import dev.holdfast.render.kustomize.config.FieldSpec;
import dev.holdfast.render.kustomize.load.Fields;
import dev.holdfast.render.kustomize.resource.Selector;
import java.util.ArrayList;
import java.util.List;

/// Settings to selectors and field specifications.
public final class Selectors {

    private Selectors() {}

    public static Gvk gvk(Fields settings) {
        return new Gvk(settings.text("group"), settings.text("version"), settings.text("kind"));
    }

    public static Selector.Terms terms(Fields settings) {
        return new Selector.Terms(
                gvk(settings),
                settings.text("name"),
                settings.text("namespace"),
                settings.text("labelSelector"),
                settings.text("annotationSelector"),
                settings.origin());
    }

    public static List<FieldSpec> fieldSpecs(Fields settings, String field) {
        var specs = new ArrayList<FieldSpec>();
        for (var each : settings.objects(field)) {
            specs.add(new FieldSpec(gvk(each), each.text("path"), each.isTrue("create")));
        }
        return specs;
    }
}
