package dev.onrush.core.feeder;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.file.UnusableFileException;

/** What is packed by gzip, or as the only file of a zip archive. */
record Unzipped(String name, Contents packed) implements Contents {
    private static final int BUFFER = 1 << 16;
    /** How much larger than its archive a text is taken to be. */
    private static final int USUAL_RATIO = 8;

    /** Of a gzip file: head, tail. */
    private static final int LEAST_GZIP = 18;

    @Override
    public InputStream open() throws IOException {
        BufferedInputStream in = new BufferedInputStream(packed.open(), BUFFER);
        try {
            in.mark(2);
            int first = in.read();
            int second = in.read();
            in.reset();
            if (isGzip(first, second)) {
                return new GZIPInputStream(in, BUFFER);
            }
            if (first == 'P' && second == 'K') {
                return new OnlyFile(new ZipInputStream(in));
            }
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
        in.close();
        throw new UnusableFileException(name + ": is packed neither by gzip nor by zip. Remove unzip().");
    }

    private static boolean isGzip(int first, int second) {
        return first == 0x1f && second == 0x8b;
    }

    /** Unpacked: as a gzip file says at its end, else about. */
    @Override
    public long size() {
        long size = packed.size();
        if (size < LEAST_GZIP) {
            return size;
        }
        try (InputStream in = packed.open()) {
            if (!isGzip(in.read(), in.read())) {
                return size * USUAL_RATIO;
            }
            in.skipNBytes(size - 6);
            long told = 0;
            for (int shift = 0; shift < 32; shift += 8) {
                told |= (long) in.read() << shift;
            }
            return Math.max(size, told);
        } catch (IOException e) {
            return size; // reading it tells what is wrong
        }
    }

    /** The first file of an archive; at its end there must be no other. */
    private final class OnlyFile extends FilterInputStream {
        private final ZipInputStream archive;
        private boolean isOver;

        OnlyFile(ZipInputStream archive) throws IOException {
            super(archive);
            this.archive = archive;
            if (nextFile() == null) {
                throw new UnusableFileException(name + ": there is no file in this archive. Put one into it.");
            }
        }

        private @Nullable ZipEntry nextFile() throws IOException {
            ZipEntry entry = archive.getNextEntry();
            while (entry != null && entry.isDirectory()) {
                entry = archive.getNextEntry();
            }
            return entry;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
            int count = isOver ? -1 : archive.read(into, from, most);
            if (count < 0 && !isOver) {
                isOver = true;
                ZipEntry other = nextFile();
                if (other != null) {
                    throw new BadRecordException(name + ": there is more than one file in this archive, such as "
                            + other.getName() + ". Pack each by itself.");
                }
            }
            return count;
        }
    }
}
