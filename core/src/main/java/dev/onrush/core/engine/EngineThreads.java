package dev.onrush.core.engine;

import dev.onrush.core.setting.Setting;
import dev.onrush.core.setting.Settings;

/**
 * How many threads an engine has: as many as it has cores, less one, and at least two of each kind, so that an author's code that
 * holds one does not hold all. On a single core one of each: two would take turns there and pay for it with every request.
 */
final class EngineThreads {
    private EngineThreads() {}

    static int io(Settings settings) {
        int asked = settings.number(Setting.IO_THREADS);
        if (asked > 0) {
            return asked;
        }
        int cores = Runtime.getRuntime().availableProcessors();
        return cores == 1 ? 1 : Math.max(2, cores - 1);
    }

    static int loops(Settings settings) {
        int asked = settings.number(Setting.LOOP_THREADS);
        return asked > 0 ? asked : io(settings);
    }
}
