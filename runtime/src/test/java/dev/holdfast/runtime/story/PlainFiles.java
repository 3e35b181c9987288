package dev.holdfast.runtime.story;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Manifest;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Placement;
import dev.holdfast.model.ReadRecord;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Snapshot;
import dev.holdfast.runtime.render.Renderer;
import dev.holdfast.yaml.Limits;
import dev.holdfast.yaml.YamlReader;
import java.util.ArrayList;
import java.util.TreeMap;

/// The least of a renderer: every YAML file below the source's path.
final class PlainFiles implements Renderer {

    @Override
    public Result render(Snapshot snapshot, Placement.Source source) {
        var manifests = new ArrayList<Manifest>();
        var reads = new TreeMap<String, String>();
        reads.put(source.path(), snapshot.entry(source.path()).map(Snapshot.Entry::id).orElse(""));
        walk(snapshot, source.path(), manifests, reads);
        return new Result(manifests, new ReadRecord(reads));
    }

    private void walk(
            Snapshot snapshot, String folder, ArrayList<Manifest> manifests, TreeMap<String, String> reads) {
        if (snapshot.entry(folder).isEmpty() && !folder.isEmpty()) return;
        for (var entry : snapshot.list(folder)) {
            reads.put(entry.path(), entry.id());
            switch (entry.kind()) {
                case DIRECTORY -> walk(snapshot, entry.path(), manifests, reads);
                case FILE -> {
                    var documents =
                            YamlReader.go2().documents(entry.path(), snapshot.read(entry.path()), Limits.FILE);
                    for (var document : documents) manifests.add(manifest((Mapping) document));
                }
            }
        }
    }

    private static Manifest manifest(Mapping body) {
        var gvk = Gvk.of(body.text("apiVersion").orElseThrow(), body.text("kind").orElseThrow());
        var ref = new Ref(
                gvk.group(),
                gvk.kind(),
                body.text("metadata", "namespace").orElse(""),
                body.text("metadata", "name").orElse(""));
        return new Manifest(gvk, ref, body);
    }
}
