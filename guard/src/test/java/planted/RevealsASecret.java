package planted;

/// Breaks a law on purpose: see LawsTest.
class RevealsASecret {
    String of(dev.holdfast.model.Secret secret) {
        return secret.reveal();
    }
}
