package dev.onrush.core.eventlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import dev.onrush.core.time.RunClock;

/**
 * A disk that takes its time.
 *
 * @param standstill how long the write after the first second's stands still
 * @param bytesPerSecond how much it takes
 */
public record SlowDisk(Duration standstill, long bytesPerSecond) {
    /** A log on it. */
    public EventLog log(Path file, RunHeader header, Names names, RunClock clock, EventLogOptions options) {
        try {
            return new EventLog(
                    file,
                    new SlowChannel(FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)),
                    header,
                    names,
                    clock,
                    options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class SlowChannel implements WritableByteChannel {
        private final FileChannel file;
        private final long startNanos = System.nanoTime();
        private boolean stood;

        SlowChannel(FileChannel file) {
            this.file = file;
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            long nanos = from.remaining() * 1_000_000_000L / bytesPerSecond;
            if (!stood && System.nanoTime() - startNanos > 1_000_000_000) {
                stood = true;
                nanos += standstill.toNanos();
            }
            long until = System.nanoTime() + nanos;
            for (long left = nanos; left > 0; left = until - System.nanoTime()) {
                LockSupport.parkNanos(this, left);
            }
            return file.write(from);
        }

        @Override
        public boolean isOpen() {
            return file.isOpen();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
