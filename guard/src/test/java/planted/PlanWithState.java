package planted;

/// Breaks a law on purpose: see LawsTest.
class PlanWithState {
    private int count;

    int next() {
        return ++count;
    }
}
