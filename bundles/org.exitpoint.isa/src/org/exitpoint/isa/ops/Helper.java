/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.ops;

import java.util.EnumSet;
import java.util.Set;

import static org.exitpoint.isa.ops.Effect.EXITS;
import static org.exitpoint.isa.ops.Effect.FAULTS;
import static org.exitpoint.isa.ops.Effect.READS_FLAGS;
import static org.exitpoint.isa.ops.Effect.TRANSFERS;
import static org.exitpoint.isa.ops.Effect.WRITES;
import static org.exitpoint.isa.ops.Effect.WRITES_FLAGS;

/**
 * Instruction work that loops or branches on data, written once in {@code cpu} or {@code virt} for both engines.
 *
 * <p>A helper gets the bound instruction and its arguments as 64-bit values. "Offset" arguments are offsets in the
 * memory operand's segment. Each either completes, or raises its fault or exit having written nothing.
 */
public enum Helper {
    // Control transfer.
    /** Far JMP to (selector, offset). */
    JMP_FAR(null, FAULTS, EXITS, WRITES, TRANSFERS),
    /** Far CALL to (selector, offset). */
    CALL_FAR(null, FAULTS, EXITS, WRITES, TRANSFERS),
    /** Far RET, releasing (bytes). */
    RET_FAR(null, FAULTS, WRITES, TRANSFERS),
    /** IRET, IRETD, IRETQ by operand size. */
    IRET(null, FAULTS, EXITS, WRITES, WRITES_FLAGS, TRANSFERS),
    /** INT n with (vector). */
    INT(null, FAULTS, EXITS, WRITES, READS_FLAGS, TRANSFERS),
    /** INT3. */
    INT3(null, FAULTS, EXITS, WRITES, READS_FLAGS, TRANSFERS),
    /** INT1. */
    INT1(null, FAULTS, EXITS, WRITES, READS_FLAGS, TRANSFERS),
    /** INTO: #OF trap if OF is set. */
    INTO(null, FAULTS, EXITS, WRITES, READS_FLAGS, TRANSFERS),
    /** SYSCALL. */
    SYSCALL(null, FAULTS, WRITES, READS_FLAGS, WRITES_FLAGS, TRANSFERS),
    /** SYSRET. */
    SYSRET(null, FAULTS, WRITES, WRITES_FLAGS, TRANSFERS),
    /** SYSENTER. */
    SYSENTER(null, FAULTS, WRITES, TRANSFERS),
    /** SYSEXIT. */
    SYSEXIT(null, FAULTS, WRITES, TRANSFERS),
    /** BOUND: #BR unless (index, offset of bounds) is within. */
    BOUND(null, FAULTS),

    // Stack.
    /** ENTER with (frame size, nesting level). */
    ENTER(null, FAULTS, WRITES),
    /** PUSHA, PUSHAD by operand size. */
    PUSHA(null, FAULTS, WRITES),
    /** POPA, POPAD by operand size. */
    POPA(null, FAULTS, WRITES),
    /** PUSHF, PUSHFD, PUSHFQ by operand size. */
    PUSHF(null, FAULTS, WRITES, READS_FLAGS),
    /** POPF, POPFD, POPFQ by operand size. */
    POPF(null, FAULTS, WRITES, WRITES_FLAGS),
    /** CMPXCHG16B at (offset). */
    CMPXCHG16B(null, FAULTS, WRITES, READS_FLAGS, WRITES_FLAGS),

    // Segments.
    /** Loads a segment register: (number in encoding order, selector). */
    LOAD_SEGMENT(null, FAULTS, WRITES),
    /** A segment register's selector: (number in encoding order). */
    READ_SELECTOR(Width.I16),
    /** LGDT from (offset). */
    LGDT(null, FAULTS, EXITS, WRITES),
    /** LIDT from (offset). */
    LIDT(null, FAULTS, EXITS, WRITES),
    /** SGDT to (offset). */
    SGDT(null, FAULTS, EXITS, WRITES),
    /** SIDT to (offset). */
    SIDT(null, FAULTS, EXITS, WRITES),
    /** LLDT of (selector). */
    LLDT(null, FAULTS, EXITS, WRITES),
    /** LTR of (selector). */
    LTR(null, FAULTS, EXITS, WRITES),
    /** The LDTR selector. */
    SLDT(Width.I16, FAULTS, EXITS),
    /** The TR selector. */
    STR(Width.I16, FAULTS, EXITS),
    /** LAR of (selector): bit 32 set and the access rights, or 0. */
    LAR(Width.I64, FAULTS),
    /** LSL of (selector): bit 32 set and the limit, or 0. */
    LSL(Width.I64, FAULTS),
    /** VERR of (selector). */
    VERR(Width.I1, FAULTS),
    /** VERW of (selector). */
    VERW(Width.I1, FAULTS),

    // System.
    /** MOV from control register (number), with the read shadows of a guest. */
    READ_CR(Width.I64, FAULTS, EXITS),
    /** MOV to control register (number, value). */
    WRITE_CR(null, FAULTS, EXITS, WRITES),
    /** SMSW: CR0 as a guest sees it. */
    SMSW(Width.I64, FAULTS),
    /** LMSW of (value). */
    LMSW(null, FAULTS, EXITS, WRITES),
    /** CLTS. */
    CLTS(null, FAULTS, EXITS, WRITES),
    /** MOV from debug register (number). */
    READ_DR(Width.I64, FAULTS, EXITS),
    /** MOV to debug register (number, value). */
    WRITE_DR(null, FAULTS, EXITS, WRITES),
    /** RDMSR of ECX into EDX:EAX. */
    RDMSR(null, FAULTS, EXITS, WRITES),
    /** WRMSR of EDX:EAX to ECX. */
    WRMSR(null, FAULTS, EXITS, WRITES),
    /** RDTSC into EDX:EAX. */
    RDTSC(null, FAULTS, EXITS, WRITES),
    /** RDTSCP into EDX:EAX and ECX. */
    RDTSCP(null, FAULTS, EXITS, WRITES),
    /** RDPMC into EDX:EAX. */
    RDPMC(null, FAULTS, EXITS, WRITES),
    /** CPUID. */
    CPUID(null, WRITES),
    /** XGETBV into EDX:EAX. */
    XGETBV(null, FAULTS, WRITES),
    /** XSETBV. */
    XSETBV(null, FAULTS, EXITS, WRITES),
    /** RDRAND: bit 32 is CF; the low bits the value, by operand size (I64 gives CF in {@code flag}). */
    RDRAND(Width.I64, EXITS, WRITES, WRITES_FLAGS),
    /** RDSEED, as RDRAND. */
    RDSEED(Width.I64, EXITS, WRITES, WRITES_FLAGS),
    /** HLT. */
    HLT(null, WRITES),
    /** PAUSE: ends the processor's turn. */
    PAUSE(null, WRITES),
    /** MONITOR of (offset). */
    MONITOR(null, FAULTS, WRITES),
    /** MWAIT. */
    MWAIT(null, FAULTS, WRITES),
    /** INVLPG of (offset). */
    INVLPG(null, WRITES),
    /** INVPCID of (type, offset of descriptor). */
    INVPCID(null, FAULTS, WRITES),
    /** CLI. */
    CLI(null, FAULTS, WRITES),
    /** STI, with its shadow. */
    STI(null, FAULTS, WRITES),

    // Input and output.
    /** IN of operand size from (port). */
    IN(Width.I32, FAULTS, EXITS, WRITES),
    /** OUT of operand size to (port, value). */
    OUT(null, FAULTS, EXITS, WRITES),
    /** One iteration of INS of operand size. */
    INS(null, FAULTS, EXITS, WRITES),
    /** One iteration of OUTS of operand size. */
    OUTS(null, FAULTS, EXITS, WRITES),

    // VMX.
    /** VMXON of the region whose address stands at (offset). */
    VMXON(null, FAULTS, EXITS, WRITES, WRITES_FLAGS),
    /** VMXOFF. */
    VMXOFF(null, FAULTS, EXITS, WRITES, WRITES_FLAGS),
    /** VMCLEAR of the region whose address stands at (offset). */
    VMCLEAR(null, FAULTS, EXITS, WRITES, WRITES_FLAGS),
    /** VMPTRLD of the region whose address stands at (offset). */
    VMPTRLD(null, FAULTS, EXITS, WRITES, WRITES_FLAGS),
    /** VMPTRST to (offset). */
    VMPTRST(null, FAULTS, EXITS, WRITES, WRITES_FLAGS),
    /** VMREAD of the field with (encoding) to the first operand. */
    VMREAD(null, FAULTS, EXITS, WRITES, WRITES_FLAGS),
    /** VMWRITE of (value) to the field with (encoding). */
    VMWRITE(null, FAULTS, EXITS, WRITES, WRITES_FLAGS),
    /** VMLAUNCH. */
    VMLAUNCH(null, FAULTS, EXITS, WRITES, WRITES_FLAGS, TRANSFERS),
    /** VMRESUME. */
    VMRESUME(null, FAULTS, EXITS, WRITES, WRITES_FLAGS, TRANSFERS),
    /** VMCALL. */
    VMCALL(null, FAULTS, EXITS, WRITES, WRITES_FLAGS),
    /** VMFUNC. */
    VMFUNC(null, FAULTS, EXITS, WRITES),
    /** INVEPT of (type, offset of descriptor). */
    INVEPT(null, FAULTS, EXITS, WRITES, WRITES_FLAGS),
    /** INVVPID of (type, offset of descriptor). */
    INVVPID(null, FAULTS, EXITS, WRITES, WRITES_FLAGS);

    private final Width result;
    private final Set<Effect> effects;

    Helper(Width result, Effect... effects) {
        this.result = result;
        this.effects = EnumSet.noneOf(Effect.class);
        this.effects.addAll(Set.of(effects));
    }

    /** Width of the result, or null if there is none. */
    public Width result() {
        return result;
    }

    /** Whether the helper may do this. */
    public boolean has(Effect effect) {
        return effects.contains(effect);
    }
}
