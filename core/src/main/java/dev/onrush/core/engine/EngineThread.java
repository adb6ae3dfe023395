package dev.onrush.core.engine;

import dev.onrush.core.DefinitionPhase;

/** A thread that may run users: {@code io-i} or {@code loop-i}. */
final class EngineThread extends Thread {
    final Carrier carrier;

    EngineThread(Runnable task, String name, Carrier carrier) {
        super(task, name);
        this.carrier = carrier;
        carrier.thread = this;
        setDaemon(true);
    }

    @Override
    public void run() {
        DefinitionPhase.end();
        try {
            super.run();
        } catch (Throwable broken) {
            // An I/O thread that is gone would make all its requests fail as if the target did it.
            carrier.run.internalError(getName(), broken);
        }
    }
}
