package dev.onrush.core.eventlog;

/**
 * How well a log could be read.
 *
 * @param records handed over
 * @param recordsMissing records that were in blocks which are damaged or gone
 * @param damagedBlocks blocks that could not be read
 * @param skippedBytes bytes in which no block was found
 * @param unknownRecords records of a newer version, passed over
 * @param truncated the file ends within a block
 * @param complete the end of the run is in it
 */
public record ReadSummary(
        long records,
        long recordsMissing,
        long damagedBlocks,
        long skippedBytes,
        long unknownRecords,
        boolean truncated,
        boolean complete) {}
