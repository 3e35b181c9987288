package dev.holdfast.fields;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The declared fields of a struct: in name order, and by name. The hash table is only asked, never iterated.
record FieldTable(List<StructField> sorted, HashMap<String, StructField> byName) {

    static FieldTable of(List<StructField> fields) {
        var byName = HashMap.<String, StructField>newHashMap(fields.size());
        for (var field : fields) byName.put(field.name(), field);
        var sorted = new ArrayList<>(byName.values());
        sorted.sort(Comparator.comparing(StructField::name));
        return new FieldTable(List.copyOf(sorted), byName);
    }

    @Nullable
    StructField find(String name) {
        return byName.get(name);
    }
}
