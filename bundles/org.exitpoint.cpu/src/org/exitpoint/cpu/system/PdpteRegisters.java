/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.system;

import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.interruption.Faults;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.mmu.format.Access;
import org.exitpoint.mmu.format.PaeFormat;

/** The PDPTE registers of PAE paging (SDM vol. 3, "PDPTE Registers"). */
public final class PdpteRegisters {
    private static final int ENTRIES = 4;
    private static final int ENTRY_BYTES = 8;
    private static final long TABLE = 0xFFFF_FFE0L;
    private static final long PRESENT = 1;

    private final Core core;
    private final GuestState state;
    private final long[] loaded = new long[ENTRIES];

    /** The registers of a processor. */
    public PdpteRegisters(Core core) {
        this.core = core;
        this.state = core.state();
    }

    /**
     * Loads the registers from the table that a value of CR3 names, for the MMU to take with the control registers.
     * Raises #GP(0) if a present entry has a reserved bit set; then no register has changed.
     */
    public void load(long cr3) {
        long reserved = PaeFormat.reservedInPdpte(core.features().physicalAddressBits());
        for (int i = 0; i < ENTRIES; i++) {
            long address = core.mmu().translateGuestPhysical((cr3 & TABLE) + (long) i * ENTRY_BYTES, Access.READ);
            if (address < 0) {
                throw new Interruption.GuestPhysicalFault();
            }
            loaded[i] = core.physicalAccess().load(address, ENTRY_BYTES);
            if ((loaded[i] & PRESENT) != 0 && (loaded[i] & reserved) != 0) {
                throw Faults.generalProtection();
            }
        }
        for (int i = 0; i < ENTRIES; i++) {
            state.set(GuestState.PDPTES + i * ENTRY_BYTES, loaded[i]);
        }
    }
}
