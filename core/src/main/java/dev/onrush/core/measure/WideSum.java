package dev.onrush.core.measure;

import java.math.BigInteger;

/** A sum of whole numbers in 128 bits: exact, and the same in whatever order they came. */
final class WideSum {
    private long high;
    private long low;

    void add(long value) {
        add(value < 0 ? -1 : 0, value);
    }

    void addSquare(long value) {
        add(Math.multiplyHigh(value, value), value * value);
    }

    void add(WideSum other) {
        add(other.high, other.low);
    }

    private void add(long addHigh, long addLow) {
        long sum = low + addLow;
        boolean carry = Long.compareUnsigned(sum, low) < 0;
        low = sum;
        high += addHigh + (carry ? 1 : 0);
    }

    BigInteger value() {
        return BigInteger.valueOf(high).shiftLeft(64).add(new BigInteger(Long.toUnsignedString(low)));
    }
}
