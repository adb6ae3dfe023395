package dev.onrush.core.feeder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.session.UserIdentity;
import dev.onrush.core.setting.Settings;

/**
 * A file read as it goes, as it is large or was asked to be: memory stays flat. Shuffled and random order work in a window of records; a random draw takes
 * one from the window and puts the file's next in its place, so which records it may be depends on the draws before.
 */
final class StreamCursor implements Cursor {
    /** Unless told. */
    static final int WINDOW = 2000;

    private final RecordSource source;
    private final Settings settings;
    private final RecordOrder order;
    private final SplittableRandom random;
    /** Records that shuffled and random order choose from. */
    private final int width;

    private final List<Map<String, Object>> window = new ArrayList<>();
    private RecordReading reading;
    private List<String> remarksBefore = List.of();

    StreamCursor(RecordSource source, Settings settings, RecordOrder order, long seed, int width) {
        this.source = source;
        this.settings = settings;
        this.order = order;
        this.random = new SplittableRandom(seed);
        this.width = width;
        this.reading = source.read(settings);
        try {
            while (window.size() < width) {
                Map<String, Object> record = reading.next();
                if (record == null) {
                    break;
                }
                window.add(record);
            }
        } catch (BadRecordException e) {
            reading.close();
            throw new DefinitionException(String.valueOf(e.getMessage()));
        }
        if (window.isEmpty()) {
            reading.close();
            throw new DefinitionException(source.name() + ": there is no record in it. Add at least one.");
        }
        if (isInOrder()) {
            reading.close(); // the window has shown that it can be read
            reading = source.read(settings);
            window.clear();
        }
    }

    private boolean isInOrder() {
        return order == RecordOrder.QUEUE || order == RecordOrder.CIRCULAR;
    }

    @Override
    public synchronized @Nullable Map<String, Object> next(UserIdentity user) {
        return switch (order) {
            case QUEUE -> reading.next();
            case CIRCULAR -> nextForEver();
            case SHUFFLE -> {
                if (window.isEmpty()) {
                    yield null;
                }
                yield replaced(random.nextInt(window.size()), reading.next());
            }
            case RANDOM -> replaced(user.random().nextInt(window.size()), nextForEver());
        };
    }

    private Map<String, Object> replaced(int place, @Nullable Map<String, Object> successor) {
        Map<String, Object> drawn = window.get(place);
        if (successor != null) {
            window.set(place, successor);
        } else {
            Map<String, Object> last = window.remove(window.size() - 1);
            if (place < window.size()) {
                window.set(place, last);
            }
        }
        return drawn;
    }

    private Map<String, Object> nextForEver() {
        Map<String, Object> record = reading.next();
        if (record == null) {
            remarksBefore = reading.remarks();
            reading.close();
            reading = source.read(settings);
            record = reading.next();
        }
        if (record == null) {
            throw new BadRecordException(source.name() + ": became empty while the run went on.");
        }
        return record;
    }

    @Override
    public synchronized Optional<Set<String>> attributes() {
        return reading.attributes();
    }

    @Override
    public synchronized List<String> remarks() {
        List<String> all = new ArrayList<>(remarksBefore.isEmpty() ? reading.remarks() : remarksBefore);
        all.add(source.name() + ": was read as it goes"
                + (isInOrder() ? "." : "; its records were mixed in a window of " + width + "."));
        return all;
    }

    @Override
    public synchronized void close() {
        reading.close();
    }
}
