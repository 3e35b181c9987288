package planted.left;

/// Half of a cycle on purpose: see LawsTest.
public class Left {
    public planted.right.Right other() {
        return new planted.right.Right();
    }
}
