package planted;

/// Breaks a law on purpose: see LawsTest.
class OwnException extends RuntimeException {
    private static final long serialVersionUID = 1;
}
