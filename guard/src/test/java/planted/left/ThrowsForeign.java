package planted.left;

import planted.OwnException;

/// Lets another package's own exception cross its border on purpose: see LawsTest.
class ThrowsForeign {
    void fail() {
        throw new OwnException();
    }
}
