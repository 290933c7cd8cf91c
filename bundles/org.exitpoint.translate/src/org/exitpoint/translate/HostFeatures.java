/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate;

import org.exitpoint.isa.ops.Width;
import org.exitpoint.translate.emit.Alu;
import org.exitpoint.translate.emit.CodeBuffer;
import org.exitpoint.translate.emit.HostAssembler;
import org.exitpoint.translate.emit.HostCall;
import org.exitpoint.translate.emit.HostRegister;
import org.exitpoint.translate.emit.Shift;

/** What emitted code needs of the host's processor (SDM vol. 2, "CPUID"). */
final class HostFeatures {
    private static final int POPCNT = 1 << 23;
    private static final int BMI1 = 1 << 3;
    private static final int BMI2 = 1 << 8;
    private static final int LZCNT = 1 << 5;
    private static final int EXTENDED = 0x8000_0001;

    private HostFeatures() {
    }

    /** Whether the host is an x86-64 processor with POPCNT, LZCNT, BMI1 and BMI2 that lets this process map code. */
    static boolean suffice() {
        if (!System.getProperty("os.arch").equals("amd64")) {
            return false;
        }
        try (CodeBuffer buffer = new CodeBuffer(4096)) {
            HostCall cpuid = emit(buffer);
            long leaf1 = cpuid.call(1, 0) >>> 32;
            long leaf7 = cpuid.call(7, 0);
            long extended = cpuid.call(EXTENDED, 0) >>> 32;
            return (leaf1 & POPCNT) != 0 && (leaf7 & (BMI1 | BMI2)) == (BMI1 | BMI2) && (extended & LZCNT) != 0;
        } catch (IllegalStateException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** A function of leaf and subleaf that gives ECX:EBX. */
    private static HostCall emit(CodeBuffer buffer) {
        HostAssembler asm = new HostAssembler(buffer);
        HostCall call = new HostCall(asm.position());
        asm.mov(Width.I64, HostRegister.R8, HostRegister.RBX);
        asm.mov(Width.I64, HostRegister.RAX, HostRegister.RDI);
        asm.mov(Width.I64, HostRegister.RCX, HostRegister.RSI);
        asm.cpuid();
        asm.mov(Width.I32, HostRegister.RAX, HostRegister.RCX);
        asm.push(HostRegister.RAX);
        asm.mov(Width.I32, HostRegister.RAX, HostRegister.RBX);
        asm.mov(Width.I64, HostRegister.RBX, HostRegister.R8);
        asm.pop(HostRegister.RCX);
        asm.shift(Shift.SHL, Width.I64, HostRegister.RCX, 32);
        asm.alu(Alu.OR, Width.I64, HostRegister.RAX, HostRegister.RCX);
        asm.ret();
        return call;
    }
}
