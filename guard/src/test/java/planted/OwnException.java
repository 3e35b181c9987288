package planted;

/// Breaks a law on purpose: see LawsTest.
public class OwnException extends RuntimeException {
    private static final long serialVersionUID = 1;
}
