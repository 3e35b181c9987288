package dev.holdfast.fields;

/// A written field path that can't be read; the message shows the text and the place in it.
public final class PathSyntaxException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    PathSyntaxException(String text, int position, String problem) {
        super("field path `%s`: %s at position %d".formatted(text, problem, position + 1));
    }

    PathSyntaxException(String text, String problem) {
        super("field path `%s`: %s".formatted(text, problem));
    }
}
