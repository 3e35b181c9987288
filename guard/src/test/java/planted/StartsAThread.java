package planted;

/// Breaks a law on purpose: see LawsTest.
class StartsAThread {
    void go() {
        Thread.ofVirtual().start(() -> {});
    }
}
