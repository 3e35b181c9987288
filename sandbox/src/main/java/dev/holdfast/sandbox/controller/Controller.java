package dev.holdfast.sandbox.controller;

import dev.holdfast.sandbox.store.Change;
import dev.holdfast.sandbox.store.Shelf;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/// Brings one kind of object where it should be. Level-triggered: whatever happened, it looks at what is.
interface Controller {

    /// Says which keys need a look after a change.
    void notice(Shelf shelf, Change change, Consumer<String> look);

    /// Looks at one key; answers when to look again, where time alone may change something.
    Optional<Instant> look(String key);
}
