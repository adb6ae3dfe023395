package dev.onrush.core.file;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

import dev.onrush.core.setting.Setting;
import dev.onrush.core.setting.Settings;

/**
 * What was made of files whose path comes from an expression, such as a template, kept for the next user; the one not used for
 * longest goes first. Safe for use by many threads.
 *
 * @param <T> what a file's contents become
 */
public final class KeptFiles<T> {
    private final Path root;
    private final Function<NamedFile, T> maker;
    private final Map<String, T> kept;

    public KeptFiles(Settings settings, Function<NamedFile, T> maker) {
        int most = Math.max(1, settings.number(Setting.BODY_CACHE));
        this.root = Path.of(settings.text(Setting.FILES_ROOT)).toAbsolutePath();
        this.maker = maker;
        this.kept = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                return size() > most;
            }
        };
    }

    /** @throws UnusableFileException if there is no such file inside the root folder */
    public T get(String path) {
        synchronized (kept) {
            T known = kept.get(path);
            if (known != null) {
                return known;
            }
        }
        T made = maker.apply(NamedFile.findInside(root, path));
        synchronized (kept) {
            kept.put(path, made);
        }
        return made;
    }
}
