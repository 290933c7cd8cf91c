/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.lower;

import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.isa.ops.Cond;
import org.exitpoint.isa.ops.Segment;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.mmu.tlb.FastTlb;
import org.exitpoint.translate.bind.BoundOp;
import org.exitpoint.translate.emit.Alu;
import org.exitpoint.translate.emit.HostAddress;
import org.exitpoint.translate.emit.HostRegister;

/** Loads and stores through the fast TLB. What it does not know goes to Java and then starts the instruction again. */
final class MemoryLowering {
    private static final HostRegister OFFSET = RegisterMap.SCRATCH;
    private static final HostRegister ENTRY = RegisterMap.SCRATCH2;
    static final int PAGE_SIZE = 0x1000;

    private final OpContext context;
    private final Values values;

    MemoryLowering(OpContext context) {
        this.context = context;
        this.values = context.values;
    }

    void load(BoundOp op) {
        probe(op, false);
        HostAddress place = HostAddress.at(OFFSET, ENTRY);
        int guest = context.wholePinnedTarget();
        if (guest != OpContext.NO_TARGET) {
            values.beforeWrite(guest);
            context.asm.mov(op.width(), RegisterMap.pinned(guest), place);
            context.placed(guest);
        } else {
            context.asm.movZeroExtend(op.width(), OFFSET, place);
            values.define(op.result(), OFFSET, op.width());
        }
        values.giveBack(ENTRY);
    }

    void store(BoundOp op) {
        int value = op.argument(1);
        probe(op, true);
        HostAddress place = HostAddress.at(OFFSET, ENTRY);
        if (values.isImmediate(value, op.width())) {
            context.asm.movImmediate(op.width(), place, values.constant(value));
        } else if (values.at(value) instanceof Location.InGuest in && RegisterMap.isPinned(in.register())) {
            context.asm.mov(op.width(), place, RegisterMap.pinned(in.register()));
        } else {
            context.asm.lea(Width.I64, OFFSET, place);
            values.giveBack(ENTRY);
            context.asm.mov(op.width(), HostAddress.at(OFFSET, 0), values.register(value, op.width()));
        }
    }

    void probeWrite(BoundOp op) {
        probe(op, true);
    }

    void loadForWrite(BoundOp op) {
        probe(op, true);
        context.asm.lea(Width.I64, OFFSET, HostAddress.at(OFFSET, ENTRY));
        values.retain(context.accessAddress());
        values.define(context.accessAddress(), OFFSET, Width.I64);
        context.asm.movZeroExtend(op.width(), ENTRY, HostAddress.at(OFFSET, 0));
        values.define(op.result(), ENTRY, op.width());
    }

    void storeLoaded(BoundOp op) {
        HostRegister address = values.register(context.accessAddress(), Width.I64);
        HostAddress place = HostAddress.at(address, 0);
        int value = op.argument(1);
        if (values.isImmediate(value, op.width())) {
            context.asm.movImmediate(op.width(), place, values.constant(value));
        } else {
            context.asm.mov(op.width(), place, values.register(value, op.width()));
        }
        values.release(context.accessAddress());
    }

    /**
     * Looks an access up. Afterwards the sum of both scratch registers, in hand, is the host address.
     *
     * <p>The tag is compared by exclusive or: what is left is the offset in the page if the page is the entry's, and
     * too much otherwise, or if the access goes beyond the page.
     */
    private void probe(BoundOp op, boolean write) {
        context.flags.forgetHost();
        values.beforeFlagsChange();
        linearAddress(op.argument(0), (int) op.auxiliary());
        probeLinear(op.width(), write);
    }

    /** Looks up the access at the linear address in the first scratch register; both must be in hand. */
    void probeLinear(Width width, boolean write) {
        int tag = write ? FastTlb.OFFSET_WRITE : FastTlb.OFFSET_READ;
        context.asm.rotateRight(Width.I64, ENTRY, OFFSET, FastTlb.INDEX_SHIFT);
        context.asm.alu(Alu.AND, Width.I32, ENTRY, FastTlb.INDEX_MASK);
        context.asm.alu(Alu.ADD, Width.I64, ENTRY, RegisterMap.state(GuestState.TLB_BANK));
        context.asm.alu(Alu.XOR, Width.I64, OFFSET, HostAddress.at(ENTRY, tag));
        context.asm.alu(Alu.CMP, Width.I64, OFFSET, PAGE_SIZE - width.bytes());
        context.asm.jump(Cond.A, context.miss(width.bytes(), write, tag));
        context.asm.mov(Width.I64, ENTRY, HostAddress.at(ENTRY, FastTlb.OFFSET_HOST_PAGE));
    }

    private void linearAddress(int offset, int segment) {
        boolean longMode = context.program().instruction().shape().key().mode().isLong();
        if (values.isScratch(offset) && values.isLastUse(offset)) {
            HostRegister at = values.takeCopy(offset, Width.I64);
            HostRegister other = values.take();
            if (at != OFFSET) {
                context.asm.mov(Width.I64, other, at);
            }
        } else {
            values.takeBoth();
            values.load(OFFSET, offset, Width.I64);
        }
        if (segment >= Segment.FS.ordinal()) {
            context.asm.alu(Alu.ADD, longMode ? Width.I64 : Width.I32, OFFSET,
                RegisterMap.state(GuestState.segment(segment) + GuestState.SEGMENT_BASE));
        }
    }
}
