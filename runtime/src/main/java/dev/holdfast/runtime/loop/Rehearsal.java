package dev.holdfast.runtime.loop;

import dev.holdfast.engine.decide.Decision;
import dev.holdfast.engine.decide.Rehearsing;
import dev.holdfast.model.Fault;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Ref;
import dev.holdfast.port.Tasks;
import java.util.TreeMap;

/// `sync.validate: server`: the API server is asked about a whole plan before the first write of it.
final class Rehearsal {

    private static final int WIDTH = 8;

    private final Tasks tasks;
    private final DryRuns dryRuns;
    private final Fan fan;

    Rehearsal(Tasks tasks, DryRuns dryRuns) {
        this.tasks = tasks;
        this.dryRuns = dryRuns;
        this.fan = new Fan(tasks, WIDTH);
    }

    /// What may be written of this act. Asks nothing where the App does not want it.
    Rehearsing.Result of(Decision.Act act, PlacementMemory memory, Placement placement) {
        var asked = Rehearsing.asked(act, placement);
        if (asked.isEmpty()) return new Rehearsing.Result.Go(act);
        var author = Author.of(memory, placement);
        var refused = new TreeMap<Ref, Fault>();
        var monitor = tasks.monitor();
        fan.out(
                "dry run for " + placement.key(),
                asked,
                step -> dryRuns.rehearse(step, author)
                        .ifPresent(fault -> monitor.run(() -> refused.put(step.ref(), fault))));
        return Rehearsing.judged(act, refused);
    }
}
