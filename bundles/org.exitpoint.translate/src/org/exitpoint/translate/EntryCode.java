/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate;

import org.exitpoint.isa.ops.Width;
import org.exitpoint.translate.emit.HostAssembler;
import org.exitpoint.translate.emit.HostCall;
import org.exitpoint.translate.emit.HostRegister;
import org.exitpoint.translate.emit.Label;
import org.exitpoint.translate.lower.RegisterMap;

/** The way from Java into a region and back: saves the host's registers and loads the guest's. */
final class EntryCode {
    private static final HostRegister[] SAVED = {HostRegister.RBX, HostRegister.RBP, HostRegister.R12,
        HostRegister.R13, HostRegister.R14, HostRegister.R15};
    private static final int GUEST_REGISTERS = 16;

    private final HostCall call;
    private final Label leaving = new Label();

    EntryCode(HostAssembler asm) {
        call = new HostCall(asm.position());
        for (HostRegister register : SAVED) {
            asm.push(register);
        }
        asm.mov(Width.I64, RegisterMap.STATE, HostRegister.RDI);
        asm.mov(Width.I64, RegisterMap.SCRATCH, HostRegister.RSI);
        for (int guest = 0; guest < GUEST_REGISTERS; guest++) {
            if (RegisterMap.isPinned(guest)) {
                asm.mov(Width.I64, RegisterMap.pinned(guest), RegisterMap.inState(guest));
            }
        }
        asm.jump(RegisterMap.SCRATCH);
        asm.bind(leaving);
        for (int guest = 0; guest < GUEST_REGISTERS; guest++) {
            if (RegisterMap.isPinned(guest)) {
                asm.mov(Width.I64, RegisterMap.inState(guest), RegisterMap.pinned(guest));
            }
        }
        asm.mov(Width.I64, HostRegister.RAX, RegisterMap.SCRATCH);
        for (int i = SAVED.length - 1; i >= 0; i--) {
            asm.pop(SAVED[i]);
        }
        asm.ret();
    }

    /** Where exits go, with their number in the first scratch register. */
    Label leaving() {
        return leaving;
    }

    /** Runs emitted code on a state block until it leaves; gives the number of the exit. */
    int run(long state, long code) {
        return (int) call.call(state, code);
    }
}
