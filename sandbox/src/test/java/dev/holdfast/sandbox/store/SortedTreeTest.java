package dev.holdfast.sandbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SortedTreeTest {

    /// An even number puts a key, an odd one removes it.
    @Property
    void behavesAsSortedMapAndLeavesOldVersionsAlone(@ForAll List<@IntRange(max = 60) Integer> steps) {
        SortedTree<Integer> tree = SortedTree.empty();
        var model = new TreeMap<String, Integer>();
        var old = new ArrayList<SortedTree<Integer>>();
        var copies = new ArrayList<TreeMap<String, Integer>>();
        for (int step : steps) {
            var key = "k" + step / 2;
            tree = step % 2 == 0 ? tree.with(key, step) : tree.without(key);
            if (step % 2 == 0) model.put(key, step);
            else model.remove(key);
            old.add(tree);
            copies.add(new TreeMap<>(model));
        }
        for (int i = 0; i < old.size(); i++) {
            assertThat(old.get(i).after(""))
                    .containsExactlyElementsOf(copies.get(i).values());
            assertThat(old.get(i).size()).isEqualTo(copies.get(i).size());
            assertThat(old.get(i).countAfter("k3"))
                    .isEqualTo(copies.get(i).tailMap("k3", false).size());
        }
    }
}
