package dev.holdfast.render;

import dev.holdfast.model.Placement;
import dev.holdfast.model.Revision;
import dev.holdfast.testkit.InMemorySnapshot;
import dev.holdfast.yaml.YamlWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A small repository that a fuzzer makes up: whatever its kustomizations say, a render ends, with manifests that
/// can be printed or with faults.
public final class RenderFuzz {

    /// Between two files of the input.
    static final String NEXT = "\n~~~\n";

    private static final List<String> FILES = List.of(
            "overlay/kustomization.yaml",
            "overlay/patch.yaml",
            "overlay/more.yaml",
            "base/kustomization.yaml",
            "base/all.yaml",
            "base/settings.env");

    private RenderFuzz() {}

    /// Jazzer calls it.
    public static void fuzzerTestOneInput(byte[] input) {
        var texts = new String(input, StandardCharsets.UTF_8).split(NEXT, FILES.size());
        var snapshot = InMemorySnapshot.EMPTY;
        for (int i = 0; i < texts.length; i++) snapshot = snapshot.with(FILES.get(i), texts[i]);
        var revision = new Revision("fuzz", "main", "0");
        var limits = new RenderLimits(1_000, 1_000, 1 << 20, 1 << 20, 1_000, 1 << 20);
        var request = new Request(snapshot, revision, "overlay", Placement.Rendering.DETECTED, limits);
        switch (Render.render(request)) {
            case Result.Rendered(var manifests, var _) -> manifests.forEach(each -> printed(each.body()));
            case Result.Failed failed -> failed.fault().sentence();
            case Result.Needs needs -> throw new IllegalStateException("nothing may be needed: " + needs);
        }
    }

    private static void printed(dev.holdfast.model.Mapping body) {
        try {
            YamlWriter.text(body);
        } catch (dev.holdfast.model.FaultException noYamlForm) {
            // kubectl cannot print such texts either
        }
    }
}
