package dev.holdfast.engine.decide;

import dev.holdfast.model.Plan.Held;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Step;
import java.util.List;
import java.util.SortedSet;

/// What desired and live objects, laid side by side, call for. `changes` belong to an operation; `drifted` is to be
/// put back whatever else goes on; `unknown` are names that must be looked up first.
record Draft(List<Step> changes, List<Step> drifted, List<Held> held, SortedSet<Ref> unknown) {}
