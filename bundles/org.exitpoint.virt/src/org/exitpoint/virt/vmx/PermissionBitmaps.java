/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.vmx.ExitReason;
import org.exitpoint.arch.vmx.IoInstruction;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.arch.vmx.VmxControl;
import org.exitpoint.cpu.core.IoAccess;
import org.exitpoint.isa.ops.Repeat;
import org.exitpoint.isa.shape.Instruction;
import org.exitpoint.machine.PhysicalMemory;

/** Exits of I/O instructions, RDMSR and WRMSR, which bitmaps in memory decide. */
@Sdm(section = "26.6.4", title = "I/O-Bitmap Addresses")
final class PermissionBitmaps {
    private static final int PORTS = 0x1_0000;
    private static final int PORTS_PER_BITMAP = PORTS / 2;
    private static final int MSRS_PER_BITMAP = 0x2000;
    private static final int MSR_BITMAP_SIZE = MSRS_PER_BITMAP / Byte.SIZE;
    private static final int FIRST_HIGH_MSR = 0xC000_0000;

    private final PhysicalMemory memory;
    private final VmxState vmx;
    private final VmExit exit;

    PermissionBitmaps(PhysicalMemory memory, VmxState vmx, VmExit exit) {
        this.memory = memory;
        this.vmx = vmx;
        this.exit = exit;
    }

    /** An I/O instruction; whether it exited. */
    boolean io(Instruction instruction, IoAccess access) {
        boolean exits = vmx.has(VmxControl.USE_IO_BITMAPS) ? isSet(access.port(), access.bytes())
                : vmx.has(VmxControl.UNCONDITIONAL_IO_EXITING);
        if (!exits) {
            return false;
        }
        boolean repeated = instruction.shape().key().repeat() != Repeat.NONE;
        ExitInformation information = exit.begin(ExitReason.IO_INSTRUCTION).instruction(instruction.length())
                .qualification(new IoInstruction(access.bytes(), access.input(), access.string(), repeated,
                        access.immediate(), access.port()).encode());
        if (access.string()) {
            information.linearAddress(access.linearAddress())
                    .instructionInformation(InstructionDescription.ofStringIo(instruction, access.input()));
        }
        exit.deliver();
        return true;
    }

    /** Whether a bit of a port accessed is 1; an access that wraps around the last port always exits. */
    private boolean isSet(int port, int bytes) {
        if (port + bytes > PORTS) {
            return true;
        }
        for (int i = port; i < port + bytes; i++) {
            VmcsField bitmap = i < PORTS_PER_BITMAP ? VmcsField.ADDRESS_OF_IO_BITMAP_A
                    : VmcsField.ADDRESS_OF_IO_BITMAP_B;
            if (bit(vmx.current.get(bitmap), i % PORTS_PER_BITMAP)) {
                return true;
            }
        }
        return false;
    }

    /** A RDMSR or WRMSR; whether it exited. */
    @Sdm(section = "26.6.9", title = "MSR-Bitmap Address")
    boolean msr(Instruction instruction, int msr, boolean write) {
        if (vmx.has(VmxControl.USE_MSR_BITMAPS) && !isSet(msr, write)) {
            return false;
        }
        exit.begin(write ? ExitReason.WRMSR : ExitReason.RDMSR).instruction(instruction.length());
        exit.deliver();
        return true;
    }

    private boolean isSet(int msr, boolean write) {
        boolean high = Integer.compareUnsigned(msr, FIRST_HIGH_MSR) >= 0;
        int index = high ? msr - FIRST_HIGH_MSR : msr;
        if (Integer.compareUnsigned(index, MSRS_PER_BITMAP) >= 0) {
            return true;
        }
        int bitmap = (write ? 2 : 0) + (high ? 1 : 0);
        return bit(vmx.current.get(VmcsField.ADDRESS_OF_MSR_BITMAPS) + bitmap * MSR_BITMAP_SIZE, index);
    }

    private boolean bit(long address, int index) {
        return (memory.read(address + index / Byte.SIZE, 1) >>> index % Byte.SIZE & 1) != 0;
    }
}
