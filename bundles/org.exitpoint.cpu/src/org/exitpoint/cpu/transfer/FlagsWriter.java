/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.transfer;

import org.exitpoint.arch.Rflags;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.StatusFlags;

/** Writes EFLAGS as POPF and IRET do: which bits change depends on privilege level and operand size. */
final class FlagsWriter {
    private static final long RF = Rflags.RF.mask();
    private static final long IOPL = Rflags.IOPL.mask();
    private static final long IF = Rflags.IF.mask();
    private static final long VIRTUAL = Rflags.VIF.mask() | Rflags.VIP.mask();
    private static final long UNPRIVILEGED = StatusFlags.MASK | Rflags.TF.mask() | Rflags.DF.mask()
        | Rflags.NT.mask() | Rflags.AC.mask() | Rflags.ID.mask();

    private final GuestState state;

    FlagsWriter(Core core) {
        this.state = core.state();
    }

    /** Writes what IRET at a privilege level may write. */
    void set(long image, int bytes, int level) {
        write(image, bytes, UNPRIVILEGED | RF | privileged(level, true));
    }

    /** Writes what POPF at the current privilege level may write; RF is cleared, VIF and VIP stay. */
    void pop(long image, int bytes) {
        write(image & ~RF, bytes, UNPRIVILEGED | RF | privileged(state.cpl(), false));
    }

    private long privileged(int level, boolean virtual) {
        if (level == 0) {
            return IOPL | IF | (virtual ? VIRTUAL : 0);
        }
        return level <= ioPrivilegeLevel() ? IF : 0;
    }

    private int ioPrivilegeLevel() {
        return (int) Rflags.IOPL.of(state.get(GuestState.SYSTEM_FLAGS));
    }

    private void write(long image, int bytes, long writable) {
        long mask = bytes == 2 ? writable & 0xFFFF : writable;
        state.setRflags(state.rflags() & ~mask | image & mask);
    }
}
