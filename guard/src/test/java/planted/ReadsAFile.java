package planted;

/// Breaks a law on purpose: see LawsTest.
class ReadsAFile {
    boolean there() {
        return java.nio.file.Files.exists(java.nio.file.Path.of("x"));
    }
}
