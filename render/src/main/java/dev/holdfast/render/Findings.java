package dev.holdfast.render;

import dev.holdfast.model.Fault;
import dev.holdfast.model.Origin;
import java.util.ArrayList;
import java.util.List;

/// What is wrong, collected so that people can mend it in one go; but not more than they would read.
final class Findings {

    static final int MOST = 20;

    private final List<Fault> faults = new ArrayList<>();

    void add(Fault fault) {
        if (!full()) faults.add(fault);
    }

    void add(Origin place, String code, String message, String next) {
        add(Fault.at(place, code, message, next));
    }

    /// Also when there are many already.
    void addLast(Fault fault) {
        faults.add(fault);
    }

    boolean none() {
        return faults.isEmpty();
    }

    boolean full() {
        return faults.size() >= MOST;
    }

    int count() {
        return faults.size();
    }

    List<Fault> faults() {
        return List.copyOf(faults);
    }
}
