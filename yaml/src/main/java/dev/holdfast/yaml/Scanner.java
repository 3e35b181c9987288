package dev.holdfast.yaml;

import dev.holdfast.model.FaultException;
import dev.holdfast.yaml.NodeMaker.Placing;
import dev.holdfast.yaml.NodeMaker.Quoting;
import dev.holdfast.yaml.Scalars.Flow;
import dev.holdfast.yaml.Token.Kind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Cuts a YAML text into tokens by the rules of YAML 1.1 as libyaml and go-yaml apply them: indentation becomes
/// begin and end tokens of blocks, and a key without `?` is recognised when its `:` comes, on the same line and
/// within 1,024 characters. One scanner reads all documents of a file, one after the other.
final class Scanner {

    private static final int LONGEST_KEY = 1_024;

    private final Cursor cursor = new Cursor();
    private final Trouble trouble;
    private final Dialect dialect;
    private final Limits limits;
    private int firstLine;
    private final Scalars scalars;
    private final TagScanner tags;
    private final Indents indents;
    private final SimpleKeys keys = new SimpleKeys();

    /// Tokens between head and tail; the others wait to be filled.
    private Token[] queue = new Token[8];
    /// The token that was taken last.
    private Token spare = new Token();
    private int head;
    private int tail;
    /// The token at the head once it is known that nothing comes before it.
    private @Nullable Token next;
    /// How many tokens were taken out of the queue: the number of the token at its head.
    private int taken;
    private int flowLevel;
    private boolean keyAllowed = true;
    private boolean ended;
    private @Nullable NodeMaker<?> comments;

    Scanner(Trouble trouble, Dialect dialect, Limits limits) {
        this.trouble = trouble;
        this.dialect = dialect;
        this.limits = limits;
        this.scalars = new Scalars(cursor, Json.SYMBOLS, this::error);
        this.tags = new TagScanner(cursor, this::error);
        this.indents = new Indents(limits.depth());
        for (int i = 0; i < queue.length; i++) queue[i] = new Token();
    }

    /// Whoever wants to know the comments.
    void comments(NodeMaker<?> maker) {
        comments = maker;
    }

    /// From here on reads another text of the file.
    void start(Chunk chunk) {
        cursor.start(chunk.text());
        firstLine = chunk.line();
        indents.clear();
        keys.clear();
        head = 0;
        tail = 0;
        next = null;
        taken = 0;
        flowLevel = 0;
        keyAllowed = true;
        ended = false;
    }

    /// The token that comes next; it stays.
    Token peek() {
        var known = next;
        if (known != null) return known;
        while (needsMore()) fetch();
        known = queue[head];
        next = known;
        return known;
    }

    /// The token that comes next, which holds until the next one is taken.
    Token take() {
        var token = peek();
        next = null;
        queue[head] = spare;
        spare = token;
        head++;
        taken++;
        if (head == tail) {
            head = 0;
            tail = 0;
        }
        return token;
    }

    private Token added() {
        if (tail == queue.length) makeRoom();
        return queue[tail++];
    }

    private Token inserted(int at) {
        var token = added();
        int last = tail - 1;
        System.arraycopy(queue, at, queue, at + 1, last - at);
        queue[at] = token;
        return token;
    }

    private void makeRoom() {
        int before = queue.length;
        queue = Arrays.copyOf(queue, before * 2);
        for (int i = before; i < queue.length; i++) queue[i] = new Token();
    }

    Trouble trouble() {
        return trouble;
    }

    FaultException error(int line, int column, String reason) {
        return trouble.yaml(firstLine + line, column + 1, reason);
    }

    int lineOf(Token token) {
        return firstLine + token.line();
    }

    /// While the token at the head may still turn out to be a key, what follows must be read first.
    private boolean needsMore() {
        if (ended) return false;
        if (head == tail) return true;
        for (int level = flowLevel; level >= 0; level--) {
            int number = keys.number(level);
            if (number < taken) return false;
            if (number == taken && keys.possible(level)) return valid(level);
        }
        return false;
    }

    private boolean valid(int level) {
        if (!keys.possible(level)) return false;
        boolean stale = keys.line(level) < cursor.line() || keys.at(level) + LONGEST_KEY < cursor.at();
        if (!stale) return true;
        refuseRequired(level);
        keys.forget(level);
        return false;
    }

    private void refuseRequired(int level) {
        if (keys.required(level)) {
            throw error(keys.line(level), keys.column(level), "the : after this key is missing");
        }
    }

    private void fetch() {
        toNextToken();
        closeBlocks(cursor.column());
        if (cursor.ended()) {
            end();
            return;
        }
        char c = cursor.peek();
        if (cursor.column() == 0 && c == '%') throw here("directives (%YAML, %TAG) are not supported");
        if (cursor.onDocumentMark()) {
            documentMark(c == '-' ? Kind.DOCUMENT_START : Kind.DOCUMENT_END);
            return;
        }
        switch (c) {
            case '[' -> openFlow(Kind.FLOW_SEQUENCE);
            case '{' -> openFlow(Kind.FLOW_MAPPING);
            case ']' -> closeFlow(Kind.FLOW_SEQUENCE_END);
            case '}' -> closeFlow(Kind.FLOW_MAPPING_END);
            case ',' -> comma();
            case '*' -> anchor(Kind.ALIAS);
            case '&' -> anchor(Kind.ANCHOR);
            case '!' -> {
                saveKey();
                keyAllowed = false;
                int line = cursor.line();
                int column = cursor.column();
                added().become(Kind.TAG, tags.read(), line, column);
            }
            case '\'', '"' -> quoted();
            default -> indicatorOrPlain(c);
        }
    }

    private void indicatorOrPlain(char c) {
        boolean gap = cursor.gapAt(1);
        boolean inFlow = flowLevel > 0;
        if (c == '-' && gap) entry();
        else if (c == '?' && (inFlow || gap)) explicitKey();
        else if (c == ':' && (inFlow || gap)) value();
        else if ((c == '|' || c == '>') && !inFlow) block();
        else if (c == '#' || c == '%' || c == '@' || c == '`' || c == '|' || c == '>' || c == '\t') {
            throw here(c == '\t' ? "a tab where spaces must indent" : "a value cannot begin with " + c + "; quote it");
        } else plain();
    }

    private void toNextToken() {
        while (true) {
            if (cursor.column() == 0 && cursor.peek() == '\uFEFF') cursor.skip();
            boolean tabs = flowLevel > 0 || !keyAllowed;
            cursor.skipSpaces();
            while (tabs && cursor.onBlank()) cursor.skip();
            if (cursor.peek() == '#') comment();
            if (!cursor.onBreak()) return;
            cursor.skipBreak();
            if (flowLevel == 0) keyAllowed = true;
        }
    }

    private void comment() {
        int start = cursor.at();
        int column = cursor.column() + 1;
        var placing = cursor.onlyBlanksBefore() ? Placing.OWN_LINE : Placing.AFTER_CONTENT;
        cursor.skipComment();
        if (comments != null) comments.comment(cursor.since(start), placing, firstLine + cursor.line(), column);
    }

    private void end() {
        closeBlocks(-1);
        dropKey();
        keyAllowed = false;
        ended = true;
        add(Kind.END);
    }

    private void documentMark(Kind kind) {
        closeBlocks(-1);
        dropKey();
        keyAllowed = false;
        add(kind);
        cursor.skip(3);
    }

    private void openFlow(Kind kind) {
        saveKey();
        if (flowLevel + 1 > limits.depth()) throw tooDeep();
        flowLevel++;
        keys.open(flowLevel, taken + tail - head);
        keyAllowed = true;
        add(kind);
        cursor.skip();
    }

    private void closeFlow(Kind kind) {
        dropKey();
        if (flowLevel > 0) flowLevel--;
        keyAllowed = false;
        add(kind);
        cursor.skip();
    }

    private void comma() {
        dropKey();
        keyAllowed = true;
        add(Kind.COMMA);
        cursor.skip();
    }

    private void entry() {
        if (flowLevel == 0) {
            if (!keyAllowed) throw here("a list item is not allowed here; a line break is missing before -");
            openBlock(cursor.column(), tail, Kind.BLOCK_SEQUENCE);
        }
        dropKey();
        keyAllowed = true;
        add(Kind.ENTRY);
        cursor.skip();
    }

    private void explicitKey() {
        if (flowLevel == 0) {
            if (!keyAllowed) throw here("a key is not allowed here");
            openBlock(cursor.column(), tail, Kind.BLOCK_MAPPING);
        }
        dropKey();
        keyAllowed = flowLevel == 0;
        add(Kind.KEY);
        cursor.skip();
    }

    private void value() {
        if (valid(flowLevel)) {
            int at = head + keys.number(flowLevel) - taken;
            int line = keys.line(flowLevel);
            int column = keys.column(flowLevel);
            inserted(at).become(Kind.KEY, "", line, column);
            if (flowLevel == 0 && indents.opens(column)) {
                openBlock(column, at, Kind.BLOCK_MAPPING, line);
            }
            keys.forget(flowLevel);
            keyAllowed = false;
        } else {
            if (flowLevel == 0) {
                if (!keyAllowed) {
                    throw here("a second : on this line; quote the value, or check the indentation");
                }
                openBlock(cursor.column(), tail, Kind.BLOCK_MAPPING);
            }
            keyAllowed = flowLevel == 0;
        }
        add(Kind.VALUE);
        cursor.skip();
    }

    private void anchor(Kind kind) {
        saveKey();
        keyAllowed = false;
        int line = cursor.line();
        int column = cursor.column();
        added().become(kind, tags.anchor(), line, column);
    }

    private void block() {
        dropKey();
        keyAllowed = true;
        int line = cursor.line();
        int column = cursor.column();
        var scalar = new BlockScalar(cursor, this::error, indents.current());
        var text = dialect.block(scalar.read(), scalar.style(), reason -> error(line, column, reason));
        var quoting = scalar.style() == BlockScalar.Style.LITERAL ? Quoting.LITERAL : Quoting.FOLDED;
        added().become(Kind.QUOTED, text, line, column).quoted(quoting);
    }

    private void quoted() {
        saveKey();
        keyAllowed = false;
        int line = cursor.line();
        int column = cursor.column();
        var quoting = cursor.peek() == '\'' ? Quoting.SINGLE : Quoting.DOUBLE;
        added().become(Kind.QUOTED, scalars.quoted(), line, column).quoted(quoting);
    }

    private void plain() {
        saveKey();
        keyAllowed = false;
        int line = cursor.line();
        int column = cursor.column();
        var text = scalars.plain(flowLevel > 0 ? Flow.INSIDE : Flow.OUTSIDE, indents.current() + 1);
        added().become(Kind.PLAIN, text, line, column);
        if (scalars.brokeLine()) keyAllowed = true;
    }

    private void saveKey() {
        if (!keyAllowed) return;
        dropKey();
        boolean required = flowLevel == 0 && indents.current() == cursor.column();
        keys.save(flowLevel, taken + tail - head, cursor, required ? 1 : 0);
    }

    private void dropKey() {
        if (keys.possible(flowLevel)) refuseRequired(flowLevel);
        keys.forget(flowLevel);
    }

    private void openBlock(int column, int at, Kind kind) {
        openBlock(column, at, kind, cursor.line());
    }

    private void openBlock(int column, int at, Kind kind, int line) {
        if (!indents.opens(column)) return;
        if (!indents.push(column)) throw tooDeep();
        inserted(at).become(kind, "", line, column);
    }

    private void closeBlocks(int column) {
        if (flowLevel > 0) return;
        while (indents.current() > column) {
            add(Kind.BLOCK_END);
            indents.pop();
        }
    }

    private void add(Kind kind) {
        added().become(kind, "", cursor.line(), cursor.column());
    }

    FaultException tooDeep(Token at) {
        return trouble.tooDeep(lineOf(at), at.column() + 1, limits);
    }

    private FaultException tooDeep() {
        return trouble.tooDeep(firstLine + cursor.line(), cursor.column() + 1, limits);
    }

    private FaultException here(String reason) {
        return error(cursor.line(), cursor.column(), reason);
    }
}
