package dev.onrush.core.engine;

import dev.onrush.core.setting.Setting;
import dev.onrush.core.setting.Settings;

/** How many threads an engine has. */
final class EngineThreads {
    private EngineThreads() {}

    static int io(Settings settings) {
        int asked = settings.number(Setting.IO_THREADS);
        return asked > 0 ? asked : Math.max(2, Runtime.getRuntime().availableProcessors() - 1);
    }

    static int loops(Settings settings) {
        int asked = settings.number(Setting.LOOP_THREADS);
        return asked > 0 ? asked : io(settings);
    }
}
