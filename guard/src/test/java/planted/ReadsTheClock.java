package planted;

/// Breaks a law on purpose: see LawsTest.
class ReadsTheClock {
    java.time.Instant now() {
        return java.time.Instant.now();
    }
}
