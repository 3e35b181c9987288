package dev.holdfast.sandbox.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// A sorted map that is never changed: `with` and `without` answer a new map that shares all but a path of nodes
/// with the old one (an AVL tree). So every version of the store's contents can be kept and read without a lock.
public final class SortedTree<V> {

    private static final SortedTree<?> EMPTY = new SortedTree<>(null);

    private final @Nullable Node<V> root;

    private SortedTree(@Nullable Node<V> root) {
        this.root = root;
    }

    @SuppressWarnings("unchecked") // an empty tree holds no value of any type
    public static <V> SortedTree<V> empty() {
        return (SortedTree<V>) EMPTY;
    }

    public int size() {
        return root == null ? 0 : root.size;
    }

    public @Nullable V get(String key) {
        var node = root;
        while (node != null) {
            int compared = key.compareTo(node.key);
            if (compared == 0) return node.value;
            node = compared < 0 ? node.left : node.right;
        }
        return null;
    }

    public SortedTree<V> with(String key, V value) {
        return new SortedTree<>(insert(root, key, value));
    }

    public SortedTree<V> without(String key) {
        return get(key) == null ? this : new SortedTree<>(remove(root, key));
    }

    /// The values whose keys come after `key` (all, for the empty key), in key order.
    public Iterable<V> after(String key) {
        return () -> new Ascent<>(root, key);
    }

    /// How many keys come after `key`.
    public int countAfter(String key) {
        int count = 0;
        var node = root;
        while (node != null) {
            if (key.compareTo(node.key) < 0) {
                count += 1 + (node.right == null ? 0 : node.right.size);
                node = node.left;
            } else {
                node = node.right;
            }
        }
        return count;
    }

    private static <V> Node<V> insert(@Nullable Node<V> node, String key, V value) {
        if (node == null) return new Node<>(key, value, null, null);
        int compared = key.compareTo(node.key);
        if (compared == 0) return new Node<>(key, value, node.left, node.right);
        if (compared < 0) return balanced(node.key, node.value, insert(node.left, key, value), node.right);
        return balanced(node.key, node.value, node.left, insert(node.right, key, value));
    }

    private static <V> @Nullable Node<V> remove(@Nullable Node<V> node, String key) {
        if (node == null) return null;
        int compared = key.compareTo(node.key);
        if (compared < 0) return balanced(node.key, node.value, remove(node.left, key), node.right);
        if (compared > 0) return balanced(node.key, node.value, node.left, remove(node.right, key));
        if (node.left == null) return node.right;
        if (node.right == null) return node.left;
        var next = node.right;
        while (next.left != null) next = next.left;
        return balanced(next.key, next.value, node.left, remove(node.right, next.key));
    }

    private static <V> Node<V> balanced(String key, V value, @Nullable Node<V> left, @Nullable Node<V> right) {
        int lean = height(left) - height(right);
        if (lean > 1 && left != null) {
            if (height(left.left) >= height(left.right)) {
                return new Node<>(left.key, left.value, left.left, new Node<>(key, value, left.right, right));
            }
            var middle = left.right;
            if (middle != null) {
                return new Node<>(
                        middle.key,
                        middle.value,
                        new Node<>(left.key, left.value, left.left, middle.left),
                        new Node<>(key, value, middle.right, right));
            }
        }
        if (lean < -1 && right != null) {
            if (height(right.right) >= height(right.left)) {
                return new Node<>(right.key, right.value, new Node<>(key, value, left, right.left), right.right);
            }
            var middle = right.left;
            if (middle != null) {
                return new Node<>(
                        middle.key,
                        middle.value,
                        new Node<>(key, value, left, middle.left),
                        new Node<>(right.key, right.value, middle.right, right.right));
            }
        }
        return new Node<>(key, value, left, right);
    }

    private static int height(@Nullable Node<?> node) {
        return node == null ? 0 : node.height;
    }

    private static final class Node<V> {
        final String key;
        final V value;
        final @Nullable Node<V> left;
        final @Nullable Node<V> right;
        final int height;
        final int size;

        Node(String key, V value, @Nullable Node<V> left, @Nullable Node<V> right) {
            this.key = key;
            this.value = value;
            this.left = left;
            this.right = right;
            this.height = 1 + Math.max(height(left), height(right));
            this.size = 1 + (left == null ? 0 : left.size) + (right == null ? 0 : right.size);
        }
    }

    private static final class Ascent<V> implements Iterator<V> {
        private final Deque<Node<V>> path = new ArrayDeque<>();

        Ascent(@Nullable Node<V> root, String after) {
            var node = root;
            while (node != null) {
                if (after.compareTo(node.key) < 0) {
                    path.push(node);
                    node = node.left;
                } else {
                    node = node.right;
                }
            }
        }

        @Override
        public boolean hasNext() {
            return !path.isEmpty();
        }

        @Override
        public V next() {
            if (path.isEmpty()) throw new NoSuchElementException();
            var found = path.pop();
            var node = found.right;
            while (node != null) {
                path.push(node);
                node = node.left;
            }
            return found.value;
        }
    }
}
