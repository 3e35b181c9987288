package dev.holdfast.runtime.story;

import dev.holdfast.port.ApiTransport;
import dev.holdfast.port.Tasks;

/// Counts requests, and kills the process at one of them: before it is sent, or after it took effect and before its
/// answer is heard. From then on nothing of that process reaches the server.
final class KillingTransport implements ApiTransport {

    enum Moment {
        BEFORE,
        AFTER
    }

    private final ApiTransport through;
    private final long killAt;
    private final Moment moment;
    private final Runnable kill;
    private long requests;
    private boolean dead;

    KillingTransport(ApiTransport through, long killAt, Moment moment, Runnable kill) {
        this.through = through;
        this.killAt = killAt;
        this.moment = moment;
        this.kill = kill;
    }

    long requests() {
        return requests;
    }

    boolean dead() {
        return dead;
    }

    @Override
    public Reply send(Request request) {
        stopWhenDead();
        requests++;
        boolean last = requests == killAt;
        if (last && moment == Moment.BEFORE) die();
        var reply = through.send(request);
        if (last) die();
        stopWhenDead();
        return reply;
    }

    @Override
    public Stream open(Request request) {
        stopWhenDead();
        return through.open(request);
    }

    private void die() {
        dead = true;
        kill.run();
        throw new Tasks.Cancelled();
    }

    private void stopWhenDead() {
        if (dead) throw new Tasks.Cancelled();
    }

    @Override
    public void close() {
        through.close();
    }
}
