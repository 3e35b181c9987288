package planted;

/// Breaks a law on purpose: see LawsTest.
class TakesAFlag {
    int of(boolean flag) {
        return flag ? 1 : 0;
    }
}
