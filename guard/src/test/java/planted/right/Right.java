package planted.right;

/// Half of a cycle on purpose: see LawsTest.
public class Right {
    public planted.left.Left other() {
        return new planted.left.Left();
    }
}
