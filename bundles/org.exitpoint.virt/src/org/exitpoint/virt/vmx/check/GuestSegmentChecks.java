/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx.check;

import org.exitpoint.arch.AccessRights;
import org.exitpoint.arch.BitRange;
import org.exitpoint.arch.Cr0;
import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.SegmentRegister;
import org.exitpoint.arch.SystemDescriptorType;
import org.exitpoint.arch.vmx.GuestStateCheck;
import org.exitpoint.arch.vmx.SegmentRule;
import org.exitpoint.arch.vmx.VmcsField;

/** Checks on guest segment registers: one predicate per rule, for each register that the rule is for. */
@Sdm(section = "28.3.1.2", title = "Checks on Guest Segment Registers")
final class GuestSegmentChecks {
    private static final GuestSegment CS = new GuestSegment(SegmentRegister.CS);
    private static final GuestSegment SS = new GuestSegment(SegmentRegister.SS);
    private static final long VIRTUAL_8086_LIMIT = 0xFFFF;
    private static final long VIRTUAL_8086_RIGHTS = 0xF3;
    private static final int DATA_READ_WRITE = AccessRights.TYPE_WRITABLE | AccessRights.TYPE_ACCESSED;
    private static final int STACK_EXPAND_DOWN = DATA_READ_WRITE | AccessRights.TYPE_EXPAND_DOWN;
    private static final int ACCESSED_CODE = AccessRights.TYPE_CODE | AccessRights.TYPE_ACCESSED;
    private static final int CONFORMING = AccessRights.TYPE_CODE | AccessRights.TYPE_CONFORMING;
    private static final int LAST_NONCONFORMING = AccessRights.TYPE_CODE | AccessRights.TYPE_READABLE
            | AccessRights.TYPE_ACCESSED;
    private static final long LIMIT_LOW = new BitRange(0, 11).mask();
    private static final long LIMIT_HIGH = new BitRange(20, 31).mask();

    private GuestSegmentChecks() {
    }

    static void bind(PredicateTable table) {
        for (GuestStateCheck check : GuestStateCheck.values()) {
            if (check.segmentRule() != null) {
                table.bind(check, predicate(check.segmentRule(), new GuestSegment(check.segment())));
            }
        }
    }

    private static EntryPredicate predicate(SegmentRule rule, GuestSegment s) {
        return switch (rule) {
            case TI_FLAG -> usable(s, e -> !s.isOfLocalTable(e));
            case CANONICAL_BASE -> e -> !isBaseChecked(s, e) || s.hasCanonicalBase(e);
            case BASE_HIGH_BITS -> usable(s, e -> s.base(e) >>> Integer.SIZE == 0);
            case TASK_TYPE -> e -> s.type(e) == SystemDescriptorType.TSS_BUSY.type()
                    || s.type(e) == SystemDescriptorType.TSS_16_BUSY.type() && !e.isIa32eGuest();
            case LDT_TYPE -> usable(s, e -> s.type(e) == SystemDescriptorType.LDT.type());
            case SYSTEM_SEGMENT -> usable(s, e -> !s.isSet(e, AccessRights.S));
            case SYSTEM_PRESENT -> usable(s, e -> s.isSet(e, AccessRights.P));
            case SYSTEM_RESERVED_BITS -> usable(s, e -> (s.rights(e) & AccessRights.RESERVED) == 0);
            case SYSTEM_GRANULARITY_LOW -> usable(s, e -> granularityLow(s, e));
            case SYSTEM_GRANULARITY_HIGH -> usable(s, e -> granularityHigh(s, e));
            case USABLE -> s::isMarkedUsable;
            case VIRTUAL_8086_BASE, VIRTUAL_8086_LIMIT, VIRTUAL_8086_ACCESS_RIGHTS -> virtual8086(rule, s);
            default -> {
                EntryPredicate otherwise = protectedMode(rule, s);
                yield e -> e.isVirtual8086() || otherwise.holds(e);
            }
        };
    }

    /** The bases of FS and GS are checked whether the registers are usable or not. */
    private static boolean isBaseChecked(GuestSegment s, EntryState e) {
        return s.isDataSegment() || s.isUsable(e);
    }

    private static EntryPredicate usable(GuestSegment s, EntryPredicate predicate) {
        return e -> !s.isUsable(e) || predicate.holds(e);
    }

    private static EntryPredicate virtual8086(SegmentRule rule, GuestSegment s) {
        return switch (rule) {
            case VIRTUAL_8086_BASE -> e -> !e.isVirtual8086() || s.base(e) == s.selector(e) << 4;
            case VIRTUAL_8086_LIMIT -> e -> !e.isVirtual8086() || s.limit(e) == VIRTUAL_8086_LIMIT;
            default -> e -> !e.isVirtual8086() || s.rights(e) == VIRTUAL_8086_RIGHTS;
        };
    }

    /** Rules for guests that will not be virtual-8086. */
    private static EntryPredicate protectedMode(SegmentRule rule, GuestSegment s) {
        return switch (rule) {
            case STACK_RPL -> e -> e.isUnrestricted() || s.rpl(e) == CS.rpl(e);
            case CODE_TYPE -> e -> (s.type(e) & ACCESSED_CODE) == ACCESSED_CODE
                    || s.type(e) == DATA_READ_WRITE && e.isUnrestricted();
            case STACK_TYPE -> usable(s, e -> s.type(e) == DATA_READ_WRITE || s.type(e) == STACK_EXPAND_DOWN);
            case ACCESSED -> usable(s, e -> (s.type(e) & AccessRights.TYPE_ACCESSED) != 0);
            case READABLE_CODE -> usable(s, e -> (s.type(e) & AccessRights.TYPE_CODE) == 0
                    || (s.type(e) & AccessRights.TYPE_READABLE) != 0);
            case CODE_OR_DATA -> usable(s, e -> s.isSet(e, AccessRights.S));
            case PRESENT -> usable(s, e -> s.isSet(e, AccessRights.P));
            case RESERVED_BITS -> usable(s, e -> (s.rights(e) & AccessRights.RESERVED) == 0);
            case DEFAULT_SIZE -> e -> !e.isIa32eGuest() || !s.isSet(e, AccessRights.L)
                    || !s.isSet(e, AccessRights.DB);
            case GRANULARITY_LOW -> usable(s, e -> granularityLow(s, e));
            case GRANULARITY_HIGH -> usable(s, e -> granularityHigh(s, e));
            default -> privilege(rule, s);
        };
    }

    private static EntryPredicate privilege(SegmentRule rule, GuestSegment s) {
        return switch (rule) {
            case CODE_DPL_DATA -> e -> s.type(e) != DATA_READ_WRITE || s.dpl(e) == 0;
            case CODE_DPL_NONCONFORMING -> e -> (s.type(e) & CONFORMING) != AccessRights.TYPE_CODE
                    || s.dpl(e) == SS.dpl(e);
            case CODE_DPL_CONFORMING -> e -> (s.type(e) & CONFORMING) != CONFORMING || s.dpl(e) <= SS.dpl(e);
            case STACK_DPL_RPL -> e -> e.isUnrestricted() || s.dpl(e) == s.rpl(e);
            case STACK_DPL_ZERO -> e -> s.dpl(e) == 0
                    || CS.type(e) != DATA_READ_WRITE && Cr0.PE.isSet(e.get(VmcsField.GUEST_CR0));
            case DATA_DPL -> usable(s, e -> e.isUnrestricted() || s.type(e) > LAST_NONCONFORMING
                    || s.dpl(e) >= s.rpl(e));
            default -> throw new IllegalArgumentException("no predicate for rule " + rule);
        };
    }

    private static boolean granularityLow(GuestSegment s, EntryState e) {
        return (s.limit(e) & LIMIT_LOW) == LIMIT_LOW || !s.isSet(e, AccessRights.G);
    }

    private static boolean granularityHigh(GuestSegment s, EntryState e) {
        return (s.limit(e) & LIMIT_HIGH) == 0 || s.isSet(e, AccessRights.G);
    }
}
