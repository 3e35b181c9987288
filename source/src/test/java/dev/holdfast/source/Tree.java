package dev.holdfast.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;

/// Writes tree objects byte by byte, as no tool would: in any order, with any name and mode.
final class Tree {

    private record Entry(String mode, byte[] name, ObjectId id) {}

    private final ObjectInserter inserter;
    private final List<Entry> entries = new ArrayList<>();

    Tree(ObjectInserter inserter) {
        this.inserter = inserter;
    }

    Tree file(String name, String content) throws IOException {
        return raw("100644", name, blob(content));
    }

    Tree link(String name, String target) throws IOException {
        return raw("120000", name, blob(target));
    }

    Tree directory(String name, Tree tree) throws IOException {
        return raw("40000", name, tree.write());
    }

    Tree submodule(String name) {
        return raw("160000", name, ObjectId.fromString("a".repeat(40)));
    }

    Tree raw(String mode, String name, ObjectId id) {
        return raw(mode, name.getBytes(StandardCharsets.UTF_8), id);
    }

    Tree raw(String mode, byte[] name, ObjectId id) {
        entries.add(new Entry(mode, name, id));
        return this;
    }

    ObjectId blob(String content) throws IOException {
        return inserter.insert(Constants.OBJ_BLOB, content.getBytes(StandardCharsets.UTF_8));
    }

    ObjectId write() throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (var entry : entries) {
            bytes.writeBytes((entry.mode() + " ").getBytes(StandardCharsets.US_ASCII));
            bytes.writeBytes(entry.name());
            bytes.write(0);
            var id = new byte[20];
            entry.id().copyRawTo(id, 0);
            bytes.writeBytes(id);
        }
        return inserter.insert(Constants.OBJ_TREE, bytes.toByteArray());
    }

    /// A commit of this tree, as the new tip of `main`.
    String commit(Repository repository) throws IOException {
        var commit = new CommitBuilder();
        commit.setTreeId(write());
        commit.setAuthor(new PersonIdent("Eve", "eve@example.org"));
        commit.setCommitter(new PersonIdent("Eve", "eve@example.org"));
        commit.setMessage("hostile");
        var id = inserter.insert(commit);
        inserter.flush();
        var update = repository.updateRef("refs/heads/main");
        update.setNewObjectId(id);
        update.setForceUpdate(true);
        update.update();
        return id.name();
    }
}
