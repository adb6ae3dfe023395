package dev.onrush.core.engine;

import dev.onrush.core.time.Timer;

/** Work of a loop that is not a user whose time has come. Runs no user code itself, other than by running a user. */
abstract class LoopTask extends Timer {
    abstract void run(Carrier carrier);
}
