/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.memory;

import org.exitpoint.arch.Cr0;
import org.exitpoint.arch.Cr4;
import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.arch.Rflags;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.ModeUpkeep;
import org.exitpoint.isa.shape.CodeMode;
import org.exitpoint.machine.HostMemory;
import org.exitpoint.machine.PhysicalMemory;
import org.exitpoint.mmu.Mmu;
import org.exitpoint.mmu.format.Access;
import org.exitpoint.mmu.walk.TranslationFault;

/**
 * Memory as a processor's instructions see it: segmentation, alignment checking and paging in front of physical memory.
 *
 * <p>Besides the accesses of operands it does those that the processor makes by itself: implicit supervisor-mode
 * accesses to descriptor tables and task-state segments, and explicit ones at a privilege level that the processor is
 * about to have. Faults are raised as {@link Interruption}s before anything is written. Success allocates nothing.
 */
public final class LinearMemory implements OperandMemory {
    private static final int BITS64 = CodeMode.BITS64.ordinal();
    private static final int PAGE_MASK = PhysicalMemory.PAGE_SIZE - 1;
    private static final long LEGACY_MASK = 0xFFFF_FFFFL;
    private static final long AC = Rflags.AC.mask();
    private static final long AM = Cr0.AM.mask();
    private static final long LA57 = Cr4.LA57.mask();

    private final GuestState state;
    private final Mmu mmu;
    private final PhysicalAccess physical;
    private long openHost;
    private long openAddress;
    private long openRest;
    private int openFirstBytes;

    /** The memory of the processor whose state this is. */
    public LinearMemory(GuestState state, Mmu mmu, PhysicalAccess physical) {
        this.state = state;
        this.mmu = mmu;
        this.physical = physical;
    }

    // Operands.

    @Override
    public long load(int segment, long offset, int bytes) {
        return loadLinear(checked(segment, offset, bytes, false), bytes, explicitAccess());
    }

    @Override
    public void store(int segment, long offset, int bytes, long value) {
        storeLinear(checked(segment, offset, bytes, true), bytes, value, explicitAccess());
    }

    @Override
    public void probeWrite(int segment, long offset, int bytes) {
        probeLinear(checked(segment, offset, bytes, true), bytes, explicitAccess() | Access.WRITE);
    }

    /** Raises what a load of that many bytes, any number from 1 to 128, would raise. */
    public void probeRead(int segment, long offset, int bytes) {
        probeLinear(checked(segment, offset, bytes, false), bytes, explicitAccess() | Access.READ);
    }

    @Override
    public long loadForWrite(int segment, long offset, int bytes) {
        long linear = checked(segment, offset, bytes, true);
        int access = explicitAccess() | Access.READ | Access.WRITE;
        openHost = mmu.direct(linear, bytes, access);
        if (openHost != 0) {
            return HostMemory.get(openHost, bytes);
        }
        openAddress = translate(linear, access);
        openFirstBytes = PhysicalMemory.PAGE_SIZE - (int) (linear & PAGE_MASK);
        if (openFirstBytes >= bytes) {
            return physical.load(openAddress, bytes);
        }
        openRest = translate(nextPage(linear), access);
        return loadParts(openAddress, openFirstBytes, openRest, bytes);
    }

    @Override
    public void storeLoaded(int bytes, long value) {
        if (openHost != 0) {
            HostMemory.put(openHost, bytes, value);
        } else if (openFirstBytes >= bytes) {
            physical.store(openAddress, bytes, value);
        } else {
            storeParts(openAddress, openFirstBytes, openRest, bytes, value);
        }
    }

    @Override
    public long linear(int segment, long offset) {
        if (state.get8(GuestState.CODE_MODE) == BITS64) {
            return segment >= GuestState.FS ? state.segmentBase(segment) + offset : offset;
        }
        return state.segmentBase(segment) + offset & LEGACY_MASK;
    }

    // Accesses by linear address.

    /** Loads 1, 2, 4 or 8 bytes at a linear address with the rights of {@code access}. */
    public long loadLinear(long linear, int bytes, int access) {
        long host = mmu.direct(linear, bytes, access | Access.READ);
        return host != 0 ? HostMemory.get(host, bytes) : loadSlowly(linear, bytes, access);
    }

    private long loadSlowly(long linear, int bytes, int access) {
        int first = PhysicalMemory.PAGE_SIZE - (int) (linear & PAGE_MASK);
        long address = translate(linear, access | Access.READ);
        if (first >= bytes) {
            return physical.load(address, bytes);
        }
        return loadParts(address, first, translate(nextPage(linear), access | Access.READ), bytes);
    }

    /** Stores 1, 2, 4 or 8 bytes at a linear address with the rights of {@code access}. */
    public void storeLinear(long linear, int bytes, long value, int access) {
        long host = mmu.direct(linear, bytes, access | Access.WRITE);
        if (host != 0) {
            HostMemory.put(host, bytes, value);
        } else {
            storeSlowly(linear, bytes, value, access);
        }
    }

    private void storeSlowly(long linear, int bytes, long value, int access) {
        int first = PhysicalMemory.PAGE_SIZE - (int) (linear & PAGE_MASK);
        long address = translate(linear, access | Access.WRITE);
        if (first >= bytes) {
            physical.store(address, bytes, value);
        } else {
            storeParts(address, first, translate(nextPage(linear), access | Access.WRITE), bytes, value);
        }
    }

    /** Raises what an access to bytes of at most two pages would raise. */
    public void probeLinear(long linear, int bytes, int access) {
        if (mmu.direct(linear, bytes, access) != 0) {
            return;
        }
        translate(linear, access);
        if ((linear & PAGE_MASK) + bytes > PhysicalMemory.PAGE_SIZE) {
            translate(nextPage(linear), access);
        }
    }

    /** Loads 1, 2, 4 or 8 bytes of a system structure: an implicit supervisor-mode access. */
    public long loadSystem(long linear, int bytes) {
        return loadLinear(systemAddress(linear), bytes, Access.IMPLICIT_SUPERVISOR);
    }

    /** Stores 1, 2, 4 or 8 bytes of a system structure. */
    public void storeSystem(long linear, int bytes, long value) {
        storeLinear(systemAddress(linear), bytes, value, Access.IMPLICIT_SUPERVISOR);
    }

    /** The host address of an access that can be done in place, or 0; see {@link Mmu#direct}. */
    long direct(long linear, int bytes, int access) {
        return mmu.direct(linear, bytes, access);
    }

    /** The physical address for an access; raises its fault. */
    public long translate(long linear, int access) {
        long address = mmu.translate(linear, access);
        if (address < 0) {
            throw fault(address);
        }
        return address;
    }

    /** The rights of an explicit data access at the current privilege level. */
    public int explicitAccess() {
        return explicitAccess(state.cpl());
    }

    /** The rights of an explicit data access at a privilege level. */
    public int explicitAccess(int level) {
        if (level == 3) {
            return Access.USER;
        }
        return state.isSet(GuestState.SYSTEM_FLAGS, AC) ? Access.AC_OVERRIDE : 0;
    }

    /** Whether an address is canonical for the current paging mode's width of linear addresses. */
    public boolean isCanonical(long linear) {
        int unused = state.isSet(GuestState.CR4, LA57) ? 7 : 16;
        return linear << unused >> unused == linear;
    }

    /**
     * The first address of the page after the one that holds an address. Outside 64-bit mode operands wrap at 4 GBytes;
     * the system structures of compatibility mode may stand above.
     */
    private long nextPage(long linear) {
        long next = (linear | PAGE_MASK) + 1;
        return ModeUpkeep.is64Bit(state) || linear > LEGACY_MASK || linear < 0 ? next : next & LEGACY_MASK;
    }

    /** What a negative result of the MMU stands for. */
    Interruption fault(long code) {
        if (code == TranslationFault.PAGE_FAULT) {
            TranslationFault fault = mmu.fault();
            return new Interruption.PageFault(fault.linear(), fault.errorCode());
        }
        return new Interruption.GuestPhysicalFault();
    }

    private long systemAddress(long linear) {
        if (!ModeUpkeep.isLongModeActive(state)) {
            return linear & LEGACY_MASK;
        }
        if (!isCanonical(linear)) {
            throw new Interruption.Fault(ExceptionVector.GP, 0);
        }
        return linear;
    }

    // Checks.

    private long checked(int segment, long offset, int bytes, boolean write) {
        long linear;
        if (state.get8(GuestState.CODE_MODE) == BITS64) {
            linear = segment >= GuestState.FS ? state.segmentBase(segment) + offset : offset;
            if (!isCanonical(linear) || !isCanonical(linear + bytes - 1)) {
                throw violation(segment);
            }
        } else {
            checkSegment(segment, offset, bytes, write);
            linear = state.segmentBase(segment) + offset & LEGACY_MASK;
        }
        if (state.isSet(GuestState.SYSTEM_FLAGS, AC)) {
            checkAlignment(linear, bytes);
        }
        return linear;
    }

    private void checkSegment(int segment, long offset, int bytes, boolean write) {
        int rights = state.segmentRights(segment);
        boolean typed = ModeUpkeep.isProtected(state) && !ModeUpkeep.isVirtual8086(state);
        boolean allowed = !typed || (write ? SegmentLimits.isWritable(rights) : SegmentLimits.isReadable(rights));
        if (!allowed || !SegmentLimits.contains(rights, state.segmentLimit(segment), offset, bytes)) {
            throw violation(segment);
        }
    }

    private static Interruption violation(int segment) {
        return new Interruption.Fault(segment == GuestState.SS ? ExceptionVector.SS : ExceptionVector.GP, 0);
    }

    private void checkAlignment(long linear, int bytes) {
        if (state.cpl() == 3 && state.isSet(GuestState.CR0, AM) && (bytes & bytes - 1) == 0
            && (linear & bytes - 1) != 0) {
            throw new Interruption.Fault(ExceptionVector.AC, 0);
        }
    }

    // Accesses that cross a page.

    private long loadParts(long address, int firstBytes, long rest, int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= physical.load(i < firstBytes ? address + i : rest + i - firstBytes, 1) << 8 * i;
        }
        return value;
    }

    private void storeParts(long address, int firstBytes, long rest, int bytes, long value) {
        for (int i = 0; i < bytes; i++) {
            physical.store(i < firstBytes ? address + i : rest + i - firstBytes, 1, value >>> 8 * i);
        }
    }
}
