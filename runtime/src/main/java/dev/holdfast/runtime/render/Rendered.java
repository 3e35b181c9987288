package dev.holdfast.runtime.render;

import dev.holdfast.model.Manifest;
import dev.holdfast.model.Placement;
import dev.holdfast.model.ReadRecord;
import dev.holdfast.model.Revision;
import dev.holdfast.model.Snapshot;
import dev.holdfast.port.Refs;
import dev.holdfast.runtime.git.Tracked;
import java.util.ArrayList;
import java.util.List;

/// A render that came to its end: its manifests, and for every source what was read at which commit.
record Rendered(List<Piece> pieces, List<Manifest> manifests) {

    Rendered {
        pieces = List.copyOf(pieces);
        manifests = List.copyOf(manifests);
    }

    record Piece(Placement.Source source, Tracked.At at, ReadRecord reads) {

        /// Whether a render from another commit would read the same.
        boolean sameIn(Snapshot snapshot) {
            return reads.sameIn(snapshot);
        }
    }

    List<Revision> revisions() {
        var revisions = new ArrayList<Revision>();
        for (var piece : pieces) {
            revisions.add(new Revision(
                    piece.source().name(),
                    Refs.words(piece.at().ref()),
                    piece.at().commit()));
        }
        return revisions;
    }

    List<Placement.Source> sources() {
        return pieces.stream().map(Piece::source).toList();
    }
}
