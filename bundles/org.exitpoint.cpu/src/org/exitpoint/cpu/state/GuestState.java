/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.state;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

import org.exitpoint.arch.Rflags;
import org.exitpoint.arch.SegmentRegister;
import org.exitpoint.arch.vmx.Interruptibility;
import org.exitpoint.isa.ops.StateField;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.machine.HostMemory;

/**
 * The state of one processor as one off-heap block, so that interpreter and emitted code work on it in place.
 *
 * <p>Offsets are bytes from {@link #address()}. Everything up to {@link #ARCHITECTURAL_END} is guest-visible or decides
 * what the guest will see, is part of a snapshot and is compared in lock-step (status flags as materialised EFLAGS,
 * because a tuple has several forms); what follows is the engines' own. The machine's thread only.
 */
public final class GuestState implements AutoCloseable {
    /** General registers RAX to R15 in encoding order, 8 bytes each. */
    public static final int REGISTERS = 0;
    /** Instruction pointer: an offset in the code segment. 8 bytes. */
    public static final int RIP = 0x80;
    /** Status flags tuple: result, zero-extended. 8 bytes. */
    public static final int FLAGS_RESULT = 0x88;
    /** Status flags tuple: second operand, zero-extended. 8 bytes. */
    public static final int FLAGS_SOURCE = 0x90;
    /** Status flags tuple: {@code kind | width ordinal << 8}. 4 bytes. */
    public static final int FLAGS_OP = 0x98;
    /** Status flags tuple: carry, 0 or 1. 4 bytes. */
    public static final int FLAGS_CARRY = 0x9C;
    /** EFLAGS without the status flags; bit 1 is set. 8 bytes. */
    public static final int SYSTEM_FLAGS = 0xA0;
    /** Mask of {@link org.exitpoint.isa.ops.Intercept}s that the virtualization wants to hear of. 8 bytes. */
    public static final int INTERCEPTS = 0xA8;
    /** Current privilege level. 1 byte. */
    public static final int CPL = 0xB0;
    /** 0 outside VMX operation, 1 in VMX root operation, {@link #VMX_NON_ROOT} in VMX non-root operation. 1 byte. */
    public static final int VMX_OPERATION = 0xB1;
    /** Ordinal of the {@link org.exitpoint.isa.shape.CodeMode}. 1 byte. */
    public static final int CODE_MODE = 0xB2;
    /** Ordinal of the stack pointer's {@link Width}. 1 byte. */
    public static final int STACK_WIDTH = 0xB3;
    /** {@link Activity} of the processor, its ordinal. 1 byte. */
    public static final int ACTIVITY = 0xB4;
    /** Blocking of events after the last instruction: {@link #BLOCKING_BY_STI} and its like. 1 byte. */
    public static final int BLOCKING = 0xB5;
    /** 1 while an interrupt controller asks for an interrupt that priorities let pass. 1 byte. */
    public static final int INTERRUPT_PENDING = 0xB6;
    /** 1 while a pending interrupt must be looked at whatever EFLAGS.IF is: it would cause a VM exit. 1 byte. */
    public static final int INTERRUPTS_EXIT = 0xB7;
    /** CR0. */
    public static final int CR0 = 0xC0;
    /** CR2. */
    public static final int CR2 = 0xC8;
    /** CR3. */
    public static final int CR3 = 0xD0;
    /** CR4. */
    public static final int CR4 = 0xD8;
    /** IA32_EFER. */
    public static final int EFER = 0xE0;
    /** IA32_KERNEL_GS_BASE. */
    public static final int KERNEL_GS_BASE = 0xE8;
    /** IA32_TSC_AUX. */
    public static final int TSC_AUX = 0xF0;
    /** XCR0. */
    public static final int XCR0 = 0xF8;
    /** DR0 to DR3, then DR6 at index 6 and DR7 at index 7; 8 bytes each. */
    public static final int DEBUG_REGISTERS = 0x100;
    /** Pending debug exceptions, in the format of the VMCS field. 8 bytes. */
    public static final int PENDING_DEBUG = 0x140;
    /** GDTR base; the limit (2 bytes) 8 bytes on. */
    public static final int GDTR = 0x150;
    /** IDTR base; the limit (2 bytes) 8 bytes on. */
    public static final int IDTR = 0x160;
    /** Segment registers ES, CS, SS, DS, FS, GS, LDTR, TR: {@link #SEGMENT_SIZE} bytes each. */
    public static final int SEGMENTS = 0x180;
    /** Bytes of a segment register. */
    public static final int SEGMENT_SIZE = 0x18;
    /** In a segment register: base. 8 bytes. */
    public static final int SEGMENT_BASE = 0;
    /** In a segment register: limit in bytes, granularity applied. 4 bytes. */
    public static final int SEGMENT_LIMIT = 8;
    /** In a segment register: access rights in the format of the VMCS field, bit 16 for unusable. 4 bytes. */
    public static final int SEGMENT_RIGHTS = 12;
    /** In a segment register: selector. 2 bytes. */
    public static final int SEGMENT_SELECTOR = 16;
    /** Model-specific registers by slot, {@link #MSR_SLOTS} of 8 bytes; the cpu's MSR table hands out slots. */
    public static final int MSRS = 0x280;
    /** Number of MSR slots. */
    public static final int MSR_SLOTS = 128;
    /** The four PDPTE registers of PAE paging, 8 bytes each. */
    public static final int PDPTES = MSRS + 8 * MSR_SLOTS;
    /** First offset that is not guest-visible. */
    public static final int ARCHITECTURAL_END = PDPTES + 4 * 8;

    /** Steps that may yet be executed before the next boundary must be looked at. 8 bytes, signed. */
    public static final int BUDGET = ARCHITECTURAL_END;
    /** Reasons to go back to the boundary after this instruction: bits of {@link Attention}. 4 bytes. */
    public static final int ATTENTION = BUDGET + 8;
    /** Host address of the current fast-TLB bank. 8 bytes. */
    public static final int TLB_BANK = BUDGET + 16;
    /** Host address of the current jump cache. 8 bytes. */
    public static final int JUMP_CACHE = BUDGET + 24;
    /** Scratch of the translator: 32 words of 8 bytes. */
    public static final int ENGINE_SCRATCH = BUDGET + 32;
    /** Bytes in the block. */
    public static final int SIZE = ENGINE_SCRATCH + 32 * 8;

    /** Number of CS among the segment registers. */
    public static final int CS = SegmentRegister.CS.number();
    /** Number of SS among the segment registers. */
    public static final int SS = SegmentRegister.SS.number();
    /** Number of FS among the segment registers. */
    public static final int FS = SegmentRegister.FS.number();
    /** Number of GS among the segment registers. */
    public static final int GS = SegmentRegister.GS.number();
    /** Number of LDTR among the segment registers. */
    public static final int LDTR = SegmentRegister.LDTR.number();
    /** Number of TR among the segment registers. */
    public static final int TR = SegmentRegister.TR.number();
    /** {@link #VMX_OPERATION}: VMX non-root operation. */
    public static final int VMX_NON_ROOT = 2;
    /** {@link #BLOCKING}: by STI. */
    public static final int BLOCKING_BY_STI = (int) Interruptibility.BLOCKING_BY_STI.mask();
    /** {@link #BLOCKING}: by MOV SS or POP SS. */
    public static final int BLOCKING_BY_MOV_SS = (int) Interruptibility.BLOCKING_BY_MOV_SS.mask();
    /** {@link #BLOCKING}: by SMI. */
    public static final int BLOCKING_BY_SMI = (int) Interruptibility.BLOCKING_BY_SMI.mask();
    /** {@link #BLOCKING}: by NMI. */
    public static final int BLOCKING_BY_NMI = (int) Interruptibility.BLOCKING_BY_NMI.mask();
    /** {@link #BLOCKING}: the blocking by STI or MOV SS was set by the last instruction and lasts for one more. */
    public static final int BLOCKING_IS_FRESH = 1 << 7;

    /** TF, and RF, which lasts for one instruction. */
    private static final int ONE_INSTRUCTION_BLOCKING = BLOCKING_BY_STI | BLOCKING_BY_MOV_SS;
    /** {@link #ACTIVITY} and the three bytes after it, as they are nearly always. */
    private static final long ACTIVE_AND_UNDISTURBED = Activity.ACTIVE.ordinal();
    private static final long ONE_INSTRUCTION_FLAGS = Rflags.TF.mask() | Rflags.RF.mask();
    private static final long INTERRUPT_FLAG = Rflags.IF.mask();
    private static final int[] FIELD_OFFSETS = fieldOffsets();
    private static final Width[] WIDTHS = Width.values();

    private final Arena arena = Arena.ofShared();
    private final MemorySegment block = arena.allocate(SIZE, 64);
    private final long address = block.address();

    /** Offset of a field that rows use. */
    public static int offsetOf(StateField field) {
        return FIELD_OFFSETS[field.ordinal()];
    }

    private static int[] fieldOffsets() {
        int[] offsets = new int[StateField.values().length];
        for (StateField field : StateField.values()) {
            offsets[field.ordinal()] = switch (field) {
                case CPL -> CPL;
                case CR0 -> CR0;
                case CR4 -> CR4;
                case EFER -> EFER;
                case VMX_OPERATION -> VMX_OPERATION;
                case SYSTEM_FLAGS -> SYSTEM_FLAGS;
                case FS_BASE -> segment(FS) + SEGMENT_BASE;
                case GS_BASE -> segment(GS) + SEGMENT_BASE;
                case KERNEL_GS_BASE -> KERNEL_GS_BASE;
                case TSC_AUX -> TSC_AUX;
            };
        }
        return offsets;
    }

    /** Offset of a segment register, 0 to 7. */
    public static int segment(int number) {
        return SEGMENTS + number * SEGMENT_SIZE;
    }

    /** Host address of the block. */
    public long address() {
        return address;
    }

    /** The 8 bytes at an offset. */
    public long get(int offset) {
        return HostMemory.getLong(address + offset);
    }

    /** Stores 8 bytes at an offset. */
    public void set(int offset, long value) {
        HostMemory.putLong(address + offset, value);
    }

    /** The 4 bytes at an offset, zero-extended. */
    public long get32(int offset) {
        return HostMemory.getInt(address + offset) & 0xFFFF_FFFFL;
    }

    /** Stores 4 bytes at an offset. */
    public void set32(int offset, long value) {
        HostMemory.putInt(address + offset, (int) value);
    }

    /** The 2 bytes at an offset, zero-extended. */
    public int get16(int offset) {
        return HostMemory.getShort(address + offset) & 0xFFFF;
    }

    /** Stores 2 bytes at an offset. */
    public void set16(int offset, int value) {
        HostMemory.putShort(address + offset, (short) value);
    }

    /** The byte at an offset, zero-extended. */
    public int get8(int offset) {
        return HostMemory.getByte(address + offset) & 0xFF;
    }

    /** Stores a byte at an offset. */
    public void set8(int offset, int value) {
        HostMemory.putByte(address + offset, (byte) value);
    }

    /** A general register, 0 to 15. */
    public long register(int number) {
        return get(REGISTERS + 8 * number);
    }

    /** Sets a general register, 0 to 15. */
    public void setRegister(int number, long value) {
        set(REGISTERS + 8 * number, value);
    }

    /** The instruction pointer. */
    public long rip() {
        return get(RIP);
    }

    /** Sets the instruction pointer. */
    public void setRip(long value) {
        set(RIP, value);
    }

    /** Base of a segment register, 0 to 7. */
    public long segmentBase(int number) {
        return get(segment(number) + SEGMENT_BASE);
    }

    /** Limit of a segment register in bytes, inclusive. */
    public long segmentLimit(int number) {
        return get32(segment(number) + SEGMENT_LIMIT);
    }

    /** Access rights of a segment register, in the format of the VMCS field. */
    public int segmentRights(int number) {
        return (int) get32(segment(number) + SEGMENT_RIGHTS);
    }

    /** Selector of a segment register. */
    public int selector(int number) {
        return get16(segment(number) + SEGMENT_SELECTOR);
    }

    /** Sets all parts of a segment register; {@link ModeUpkeep} must follow for CS and SS. */
    public void setSegment(int number, int selector, long base, long limit, int rights) {
        int offset = segment(number);
        set(offset + SEGMENT_BASE, base);
        set32(offset + SEGMENT_LIMIT, limit);
        set32(offset + SEGMENT_RIGHTS, rights);
        set16(offset + SEGMENT_SELECTOR, selector);
    }

    /** Whether any bit of a mask is set in the 8 bytes at an offset. */
    public boolean isSet(int offset, long mask) {
        return (get(offset) & mask) != 0;
    }

    /**
     * Whether the boundary must look before another instruction is executed: attention, a halt, a blocking that lasts
     * one instruction, single-stepping, the resume flag, or an interrupt that can be taken. Changes only by
     * instructions that call helpers, and at boundaries.
     */
    public boolean wantsBoundary() {
        return get32(ATTENTION) != 0 || isSet(SYSTEM_FLAGS, ONE_INSTRUCTION_FLAGS)
            || get32(ACTIVITY) != ACTIVE_AND_UNDISTURBED && isDisturbed();
    }

    private boolean isDisturbed() {
        return get8(ACTIVITY) != Activity.ACTIVE.ordinal() || (get8(BLOCKING) & ONE_INSTRUCTION_BLOCKING) != 0
            || get8(INTERRUPT_PENDING) != 0 && (isSet(SYSTEM_FLAGS, INTERRUPT_FLAG) || get8(INTERRUPTS_EXIT) != 0);
    }

    /** Blocks events until after the next instruction: {@link #BLOCKING_BY_STI} or {@link #BLOCKING_BY_MOV_SS}. */
    public void blockForOneInstruction(int reason) {
        set8(BLOCKING, get8(BLOCKING) | reason | BLOCKING_IS_FRESH);
    }

    /** Adds bits of {@link Attention}. */
    public void attend(int bits) {
        set32(ATTENTION, get32(ATTENTION) | bits);
    }

    /** The current privilege level. */
    public int cpl() {
        return get8(CPL);
    }

    /** Width of the stack pointer. */
    public Width stackWidth() {
        return WIDTHS[get8(STACK_WIDTH)];
    }

    /** Defines the status flags by a tuple. */
    public void defineFlags(int op, long source, long result, int carry) {
        set(FLAGS_RESULT, result);
        set(FLAGS_SOURCE, source);
        set32(FLAGS_OP, op);
        set32(FLAGS_CARRY, carry);
    }

    /** EFLAGS as software sees them. */
    public long rflags() {
        return get(SYSTEM_FLAGS) | StatusFlags.word(this);
    }

    /** Sets EFLAGS; bit 1 is forced to one. */
    public void setRflags(long value) {
        set(SYSTEM_FLAGS, value & ~StatusFlags.MASK | 2);
        StatusFlags.set(this, value);
    }

    /** Frees the block; the state must not be used any more. */
    @Override
    public void close() {
        arena.close();
    }
}
