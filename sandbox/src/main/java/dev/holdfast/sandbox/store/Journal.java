package dev.holdfast.sandbox.store;

import java.util.List;

/// Where committed changes are written, so that a restart finds them.
public interface Journal extends AutoCloseable {

    /// Of a server that forgets everything when it ends.
    Journal NONE = new Journal() {
        @Override
        public void write(List<Record> batch) {}

        @Override
        public void close() {}
    };

    /// Writes a batch, in order. Returns once the operating system has it. Called by one task at a time.
    void write(List<Record> batch);

    @Override
    void close();

    /// One change of one shelf.
    record Record(String shelf, Change change) {}
}
