/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx.check;

import org.exitpoint.arch.BitRange;
import org.exitpoint.arch.vmx.VmcsField;

/** Predicates on register values that guest and host checks share. */
final class RegisterRules {
    private static final int HIGHEST_MEMORY_TYPE = 7;
    private static final int RESERVED_MEMORY_TYPES = 1 << 2 | 1 << 3;
    private static final long S_CET_RESERVED = new BitRange(6, 9).mask();
    private static final long S_CET_SUPPRESS_AND_TRACKER = new BitRange(10, 11).mask();
    private static final long FRED_CONFIG_RESERVED = 1L << 2 | new BitRange(4, 5).mask() | 1L << 11;
    private static final int FRED_RSP_BITS = 6;
    private static final int FRED_SSP_BITS = 3;

    private RegisterRules() {
    }

    /** A field is a canonical address. */
    static EntryPredicate canonical(VmcsField field) {
        return entry -> entry.isCanonical(field);
    }

    /** A predicate holds if a condition does. */
    static EntryPredicate when(EntryPredicate condition, EntryPredicate predicate) {
        return entry -> !condition.holds(entry) || predicate.holds(entry);
    }

    /** Bits 63:32 of a field are 0. */
    static EntryPredicate fits32(VmcsField field) {
        return entry -> entry.get(field) >>> Integer.SIZE == 0;
    }

    /** The low bits of a field are 0. */
    static EntryPredicate aligned(VmcsField field, int bits) {
        return entry -> ControlRules.isAligned(entry.get(field), bits);
    }

    /** A field is 0: the processor has nothing that its bits could stand for. */
    static EntryPredicate zero(VmcsField field) {
        return entry -> entry.get(field) == 0;
    }

    static boolean allows(long value, long fixed0, long fixed1) {
        return (value & fixed0) == fixed0 && (value & ~fixed1) == 0;
    }

    /** Every byte of a field is a memory type of the PAT. */
    static EntryPredicate pat(VmcsField field) {
        return entry -> {
            for (long rest = entry.get(field), i = 0; i < Long.BYTES; i++, rest >>>= Byte.SIZE) {
                long type = rest & 0xFF;
                if (type > HIGHEST_MEMORY_TYPE || (RESERVED_MEMORY_TYPES >>> type & 1) != 0) {
                    return false;
                }
            }
            return true;
        };
    }

    static EntryPredicate efer(VmcsField field) {
        return entry -> (entry.get(field) & ~entry.model().efer()) == 0;
    }

    static EntryPredicate sCetReserved(VmcsField field) {
        return entry -> (entry.get(field) & S_CET_RESERVED) == 0;
    }

    static EntryPredicate sCetTracker(VmcsField field) {
        return entry -> (entry.get(field) & S_CET_SUPPRESS_AND_TRACKER) != S_CET_SUPPRESS_AND_TRACKER;
    }

    static EntryPredicate fredConfig(VmcsField field) {
        return entry -> entry.isCanonical(field) && (entry.get(field) & FRED_CONFIG_RESERVED) == 0;
    }

    static EntryPredicate fredRsp(VmcsField... fields) {
        return entry -> areCanonicalAndAligned(entry, FRED_RSP_BITS, fields);
    }

    static EntryPredicate fredSsp(VmcsField... fields) {
        return entry -> areCanonicalAndAligned(entry, FRED_SSP_BITS, fields);
    }

    private static boolean areCanonicalAndAligned(EntryState entry, int bits, VmcsField... fields) {
        for (VmcsField field : fields) {
            if (!entry.isCanonical(field) || !ControlRules.isAligned(entry.get(field), bits)) {
                return false;
            }
        }
        return true;
    }
}
