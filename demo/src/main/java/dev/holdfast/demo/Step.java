package dev.holdfast.demo;

/// One step of the story: what happens, and what must be true then. Throws {@link AssertionError} where it is not.
record Step(String title, Play play) {

    interface Play {
        /// What was seen, in a few words.
        String run();
    }
}
