package planted;

/// Breaks a law on purpose: see LawsTest.
class UnorderedSet {
    java.util.Set<String> words() {
        return new java.util.HashSet<>();
    }
}
