package planted;

/// Breaks a law on purpose: see LawsTest.
class UsesALibrary {
    Class<?> type() {
        return com.tngtech.archunit.ArchConfiguration.class;
    }
}
