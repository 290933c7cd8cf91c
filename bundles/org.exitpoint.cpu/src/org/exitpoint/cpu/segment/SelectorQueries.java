/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.segment;

import java.util.EnumSet;
import java.util.Set;

import org.exitpoint.arch.Descriptor;
import org.exitpoint.arch.SystemDescriptorType;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.ModeUpkeep;

/** LAR, LSL, VERR and VERW: questions about a selector that never fault on it. */
public final class SelectorQueries {
    private static final long FOUND = 1L << 32;
    private static final long RIGHTS_IN_DESCRIPTOR = 0x00F0_FF00L;
    private static final int DESCRIPTOR_BYTES = 8;
    private static final Set<SystemDescriptorType> LIMITED = EnumSet.of(SystemDescriptorType.TSS_16_AVAILABLE,
        SystemDescriptorType.LDT, SystemDescriptorType.TSS_16_BUSY, SystemDescriptorType.TSS_AVAILABLE,
        SystemDescriptorType.TSS_BUSY);
    private static final Set<SystemDescriptorType> DESCRIBED = EnumSet.of(SystemDescriptorType.CALL_GATE_16,
        SystemDescriptorType.TASK_GATE, SystemDescriptorType.CALL_GATE);

    static {
        DESCRIBED.addAll(LIMITED);
    }

    private final GuestState state;
    private final DescriptorTables tables;

    /** Questions about a processor's tables. */
    public SelectorQueries(Core core) {
        state = core.state();
        tables = new DescriptorTables(core);
    }

    /** Helper LAR. */
    public long accessRights(int selector) {
        if (!isInTable(selector)) {
            return 0;
        }
        long descriptor = tables.read(selector);
        return isVisible(selector, rights(descriptor), DESCRIBED)
            ? FOUND | descriptor >>> 32 & RIGHTS_IN_DESCRIPTOR : 0;
    }

    /** Helper LSL. */
    public long limit(int selector) {
        if (!isInTable(selector)) {
            return 0;
        }
        long descriptor = tables.read(selector);
        return isVisible(selector, rights(descriptor), LIMITED) ? FOUND | Descriptor.limit(descriptor) : 0;
    }

    /** Helper VERR. */
    public long isReadable(int selector) {
        if (!isInTable(selector)) {
            return 0;
        }
        int rights = rights(tables.read(selector));
        return Rights.isReadable(rights) && isPrivileged(selector, rights) ? 1 : 0;
    }

    /** Helper VERW. */
    public long isWritable(int selector) {
        if (!isInTable(selector)) {
            return 0;
        }
        int rights = rights(tables.read(selector));
        return Rights.isWritableData(rights) && isPrivileged(selector, rights) ? 1 : 0;
    }

    private boolean isInTable(int selector) {
        return !Selector.isNull(selector) && tables.contains(selector, DESCRIPTOR_BYTES);
    }

    private boolean isVisible(int selector, int rights, Set<SystemDescriptorType> types) {
        SystemDescriptorType type = Rights.systemType(rights);
        boolean known = !Rights.isSystem(rights) || type != null && types.contains(type)
            && (!ModeUpkeep.isLongModeActive(state) || type.existsInIa32eMode());
        return known && isPrivileged(selector, rights);
    }

    private boolean isPrivileged(int selector, int rights) {
        int dpl = Rights.dpl(rights);
        return Rights.isConforming(rights) || state.cpl() <= dpl && Selector.rpl(selector) <= dpl;
    }

    private static int rights(long descriptor) {
        return (int) Descriptor.accessRights(descriptor);
    }
}
