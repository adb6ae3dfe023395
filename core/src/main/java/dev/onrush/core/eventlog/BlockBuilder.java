package dev.onrush.core.eventlog;

import static dev.onrush.core.eventlog.LogFormat.*;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Puts records of one thread and the names they use into a block that can be read on its own. As a handler it is told each
 * record before the record's bytes are added.
 */
final class BlockBuilder implements RecordHandler {
    private final byte[] syncMark;
    private final NameTable table;
    private final CRC32C crc = new CRC32C();

    private byte[] names = new byte[8 * 1024];
    private int namesLength;
    private int nameCount;
    private byte[] records = new byte[LogFormat.BLOCK_FULL + 8 * 1024];
    private int recordsLength;
    private int recordCount;
    private long firstRecord;
    private long baseMicros;
    private int lastScenario;

    /** The number of the block each name was last put into, by kind and number. */
    private final long[][] inBlock = {new long[16], new long[64], new long[16], new long[64]};

    private long blockNumber = 1;
    private ByteBuffer block = ByteBuffer.allocateDirect(128 * 1024);

    BlockBuilder(byte[] syncMark, NameTable table) {
        this.syncMark = syncMark;
        this.table = table;
    }

    boolean isEmpty() {
        return recordCount == 0;
    }

    boolean isFull() {
        return namesLength + recordsLength >= BLOCK_FULL;
    }

    /** Begins a block: what the first record in it counts from. */
    void begin(RecordDecoder before) {
        baseMicros = before.baseMicros;
        lastScenario = before.lastScenario;
        use(NAME_SCENARIO, lastScenario);
    }

    void append(byte[] data, int from, int to) {
        int length = to - from;
        if (records.length - recordsLength < length) {
            records = Arrays.copyOf(records, records.length * 2);
        }
        System.arraycopy(data, from, records, recordsLength, length);
        recordsLength += length;
        recordCount++;
    }

    /** The finished block, ready to be written; the builder is empty again. */
    ByteBuffer finish() {
        int payload = 2 * Varint.MAX_BYTES + namesLength + recordsLength;
        if (block.capacity() < BLOCK_HEADER_LENGTH + payload) {
            block = ByteBuffer.allocateDirect(BLOCK_HEADER_LENGTH + payload);
        }
        block.clear();
        block.position(BLOCK_HEADER_LENGTH);
        byte[] head = new byte[2 * Varint.MAX_BYTES];
        int headLength = Varint.put(head, Varint.put(head, 0, lastScenario), nameCount);
        block.put(head, 0, headLength);
        block.put(names, 0, namesLength);
        block.put(records, 0, recordsLength);
        block.flip();
        block.put(0, syncMark);
        block.putInt(16, block.limit() - BLOCK_HEADER_LENGTH);
        block.putInt(20, recordCount);
        block.putLong(24, firstRecord);
        block.putLong(32, baseMicros);
        crc.reset();
        crc.update(block.slice(0, BLOCK_HEADER_LENGTH - 4));
        crc.update(block.slice(BLOCK_HEADER_LENGTH, block.limit() - BLOCK_HEADER_LENGTH));
        block.putInt(40, (int) crc.getValue());

        firstRecord += recordCount;
        recordCount = 0;
        recordsLength = 0;
        namesLength = 0;
        nameCount = 0;
        blockNumber++;
        return block;
    }

    @Override
    public void userStart(long userId, int scenario, long intendedStartNanos, long actualStartNanos) {
        use(NAME_SCENARIO, scenario);
    }

    @Override
    public void userEnd(long userId, int scenario, long endNanos, UserEnd reason) {
        use(NAME_SCENARIO, scenario);
    }

    @Override
    public void usersDropped(int scenario, long atNanos, long count, DropReason reason) {
        use(NAME_SCENARIO, scenario);
    }

    @Override
    public void request(RequestSample sample) {
        use(NAME_SCENARIO, sample.scenario);
        use(NAME_REQUEST, sample.request);
        if (sample.error != RequestSample.NO_ERROR) {
            use(NAME_ERROR, sample.error);
        }
    }

    @Override
    public void groupEnd(
            long userId,
            int scenario,
            int group,
            long startNanos,
            long endNanos,
            long cumulatedNanos,
            boolean ok,
            boolean warmUp) {
        use(NAME_SCENARIO, scenario);
        use(NAME_GROUP, group);
    }

    @Override
    public void stepFailure(long userId, int scenario, long atNanos, int error) {
        use(NAME_SCENARIO, scenario);
        use(NAME_ERROR, error);
    }

    @Override
    public void failedExchange(FailedExchange exchange) {
        use(NAME_SCENARIO, exchange.scenario());
        use(NAME_REQUEST, exchange.request());
        use(NAME_ERROR, exchange.error());
    }

    private void use(int kind, int number) {
        long[] seen = inBlock[kind];
        if (number >= seen.length) {
            seen = Arrays.copyOf(seen, Math.max(number + 1, seen.length * 2));
            inBlock[kind] = seen;
        }
        if (seen[number] != blockNumber) {
            seen[number] = blockNumber;
            define(kind, number);
        }
    }

    private void define(int kind, int number) {
        switch (kind) {
            case NAME_GROUP -> {
                if (number != Names.NO_GROUP) {
                    int parent = table.parentOfGroup(number);
                    use(NAME_GROUP, parent);
                    name(kind, number, parent, table.groupName(number), "");
                }
            }
            case NAME_REQUEST -> {
                int group = table.groupOfRequest(number);
                use(NAME_GROUP, group);
                name(kind, number, group, table.requestName(number), "");
            }
            case NAME_SCENARIO -> {
                // A run without users has no scenario; the first block still names number 0 as the one before.
                if (table.hasScenario(number)) {
                    name(kind, number, 0, table.scenarioName(number), "");
                }
            }
            default -> name(kind, number, 0, table.errorClass(number), table.errorMessage(number));
        }
    }

    /** Kind, number, place, two texts with their lengths. */
    private void name(int kind, int number, int place, String text, String second) {
        byte[] utf8 = utf8(text);
        byte[] secondUtf8 = utf8(second);
        int most = 1 + 4 * Varint.MAX_BYTES + utf8.length + secondUtf8.length;
        if (names.length - namesLength < most) {
            names = Arrays.copyOf(names, Math.max(names.length * 2, namesLength + most));
        }
        int p = namesLength;
        names[p++] = (byte) kind;
        p = Varint.put(names, p, number);
        p = Varint.put(names, p, place);
        p = Varint.put(names, p, utf8.length);
        System.arraycopy(utf8, 0, names, p, utf8.length);
        p = Varint.put(names, p + utf8.length, secondUtf8.length);
        System.arraycopy(secondUtf8, 0, names, p, secondUtf8.length);
        namesLength = p + secondUtf8.length;
        nameCount++;
    }
}
