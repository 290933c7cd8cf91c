/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.interpreter;

import java.math.BigInteger;

/**
 * The arithmetic of the pure operations. Values are zero-extended; widths are in bits; results are zero-extended again.
 */
final class IntegerOperations {
    private static final BigInteger TWO_64 = BigInteger.ONE.shiftLeft(64);

    private IntegerOperations() {
    }

    static long mask(int bits) {
        return -1L >>> 64 - bits;
    }

    static long signExtend(int bits, long value) {
        return value << 64 - bits >> 64 - bits;
    }

    static long shl(int bits, long a, long count) {
        return count >= bits ? 0 : a << count & mask(bits);
    }

    static long shr(long a, long count) {
        return count >= 64 ? 0 : a >>> count;
    }

    static long sar(int bits, long a, long count) {
        return signExtend(bits, a) >> Math.min(count, 63) & mask(bits);
    }

    static long rol(int bits, long a, long count) {
        int by = (int) count & bits - 1;
        return by == 0 ? a : (a << by | a >>> bits - by) & mask(bits);
    }

    static long ror(int bits, long a, long count) {
        return rol(bits, a, bits - ((int) count & bits - 1));
    }

    static long mulHighUnsigned(int bits, long a, long b) {
        return bits == 64 ? Math.unsignedMultiplyHigh(a, b) : a * b >>> bits;
    }

    static long mulHighSigned(int bits, long a, long b) {
        return bits == 64 ? Math.multiplyHigh(a, b)
            : signExtend(bits, a) * signExtend(bits, b) >> bits & mask(bits);
    }

    static long divFitsUnsigned(long high, long divisor) {
        return Long.compareUnsigned(high, divisor) < 0 ? 1 : 0;
    }

    static long divUnsigned(int bits, long high, long low, long divisor) {
        if (bits < 64) {
            return Long.divideUnsigned(high << bits | low, divisor);
        }
        return high == 0 ? Long.divideUnsigned(low, divisor)
            : dividend(high, low).divide(unsigned(divisor)).longValue();
    }

    static long remUnsigned(int bits, long high, long low, long divisor) {
        if (bits < 64) {
            return Long.remainderUnsigned(high << bits | low, divisor);
        }
        return high == 0 ? Long.remainderUnsigned(low, divisor)
            : dividend(high, low).remainder(unsigned(divisor)).longValue();
    }

    static long divFitsSigned(int bits, long high, long low, long divisor) {
        if (divisor == 0) {
            return 0;
        }
        if (bits < 64) {
            long dividend = signedDividend(bits, high, low);
            long by = signExtend(bits, divisor);
            if (dividend == Long.MIN_VALUE && by == -1) {
                return 0;
            }
            long quotient = dividend / by;
            return signExtend(bits, quotient) == quotient ? 1 : 0;
        }
        return signedDividend(high, low).divide(BigInteger.valueOf(divisor)).bitLength() < 64 ? 1 : 0;
    }

    static long divSigned(int bits, long high, long low, long divisor) {
        if (bits < 64) {
            return signedDividend(bits, high, low) / signExtend(bits, divisor) & mask(bits);
        }
        return high == low >> 63 ? low / divisor
            : signedDividend(high, low).divide(BigInteger.valueOf(divisor)).longValue();
    }

    static long remSigned(int bits, long high, long low, long divisor) {
        if (bits < 64) {
            return signedDividend(bits, high, low) % signExtend(bits, divisor) & mask(bits);
        }
        return high == low >> 63 ? low % divisor
            : signedDividend(high, low).remainder(BigInteger.valueOf(divisor)).longValue();
    }

    private static long signedDividend(int bits, long high, long low) {
        return signExtend(Math.min(64, 2 * bits), high << bits | low);
    }

    private static BigInteger unsigned(long value) {
        BigInteger signed = BigInteger.valueOf(value);
        return value < 0 ? signed.add(TWO_64) : signed;
    }

    private static BigInteger dividend(long high, long low) {
        return unsigned(high).shiftLeft(64).add(unsigned(low));
    }

    private static BigInteger signedDividend(long high, long low) {
        return BigInteger.valueOf(high).shiftLeft(64).add(unsigned(low));
    }

    static long byteSwap(int bits, long a) {
        return Long.reverseBytes(a) >>> 64 - bits;
    }

    static long leadingZeros(int bits, long a) {
        return Long.numberOfLeadingZeros(a) - (64 - bits);
    }

    static long trailingZeros(int bits, long a) {
        return Math.min(bits, Long.numberOfTrailingZeros(a));
    }
}
