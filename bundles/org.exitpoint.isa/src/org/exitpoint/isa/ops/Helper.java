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
 * memory operand's segment; narrower values are zero-extended. Each either completes, or raises its fault or exit
 * having written nothing.
 *
 * <p>Who checks what: the row has done everything that its preconditions and the operations before the call say, in the
 * manual's order. A helper with {@link Effect#EXITS} decides itself, at the place the manual gives it, whether the
 * instruction exits, because it needs values to say so; rows emit no {@code intercept} for it. A helper without it has
 * nothing to intercept, or the row did that.
 */
public enum Helper {
    // Control transfer.
    /** Far JMP to (selector, offset). */
    JMP_FAR(null, FAULTS, EXITS, WRITES, TRANSFERS),
    /** Far CALL to (selector, offset). */
    CALL_FAR(null, FAULTS, EXITS, WRITES, TRANSFERS),
    /** Far RET, releasing (bytes). */
    RET_FAR(null, FAULTS, WRITES, TRANSFERS),
    /** IRET, IRETD, IRETQ by operand size; in all modes, virtual-8086 mode included. */
    IRET(null, FAULTS, EXITS, WRITES, WRITES_FLAGS, TRANSFERS),
    /** INT n with (vector). */
    INT(null, FAULTS, EXITS, WRITES, READS_FLAGS, TRANSFERS),
    /** INT3. */
    INT3(null, FAULTS, EXITS, WRITES, READS_FLAGS, TRANSFERS),
    /** INT1. */
    INT1(null, FAULTS, EXITS, WRITES, READS_FLAGS, TRANSFERS),
    /** INTO, with OF set: the row has skipped it otherwise. */
    INTO(null, FAULTS, EXITS, WRITES, READS_FLAGS, TRANSFERS),
    /** SYSCALL: #UD unless 64-bit mode and IA32_EFER.SCE. */
    SYSCALL(null, FAULTS, WRITES, READS_FLAGS, WRITES_FLAGS, TRANSFERS),
    /**
     * SYSRET: #UD unless 64-bit mode and IA32_EFER.SCE, #GP(0) unless CPL is 0. Operand size 64 returns to 64-bit mode.
     */
    SYSRET(null, FAULTS, WRITES, WRITES_FLAGS, TRANSFERS),
    /** SYSENTER: #GP(0) in real mode or with a null IA32_SYSENTER_CS. */
    SYSENTER(null, FAULTS, WRITES, TRANSFERS),
    /**
     * SYSEXIT: #GP(0) in real mode, with a null IA32_SYSENTER_CS or CPL not 0. Operand size 64 returns to 64-bit mode.
     */
    SYSEXIT(null, FAULTS, WRITES, TRANSFERS),
    /** BOUND of operand size: #BR unless (index) is within the two bounds that stand at (offset). */
    BOUND(null, FAULTS),

    // Stack.
    /** ENTER of operand size with (frame size, nesting level as in the code, not yet modulo 32). */
    ENTER(null, FAULTS, WRITES),
    /** PUSHA, PUSHAD by operand size. */
    PUSHA(null, FAULTS, WRITES),
    /** POPA, POPAD by operand size. */
    POPA(null, FAULTS, WRITES),
    /** PUSHF, PUSHFD, PUSHFQ by operand size. */
    PUSHF(null, FAULTS, WRITES, READS_FLAGS),
    /** POPF, POPFD, POPFQ by operand size. */
    POPF(null, FAULTS, WRITES, WRITES_FLAGS),
    /** CMPXCHG16B at (offset): #GP(0) unless aligned. Writes ZF only. */
    CMPXCHG16B(null, FAULTS, WRITES, READS_FLAGS, WRITES_FLAGS),

    // Segments.
    /**
     * MOV and POP to a segment register: (number in encoding order, selector). Loading SS blocks interrupts until after
     * the next instruction.
     */
    LOAD_SEGMENT(null, FAULTS, WRITES),
    /** LDS and its kin load a segment register: (number in encoding order, selector). Nothing is blocked. */
    LOAD_SEGMENT_OF_POINTER(null, FAULTS, WRITES),
    /** A segment register's selector: (number in encoding order). */
    READ_SELECTOR(Width.I16),
    /** LGDT from (offset): limit and base; 24 bits of base with 16-bit operand size outside 64-bit mode. */
    LGDT(null, FAULTS, WRITES),
    /** LIDT from (offset): as LGDT. */
    LIDT(null, FAULTS, WRITES),
    /** SGDT to (offset): limit and base, 6 bytes, in 64-bit mode 10. */
    SGDT(null, FAULTS, WRITES),
    /** SIDT to (offset): as SGDT. */
    SIDT(null, FAULTS, WRITES),
    /** LLDT of (selector). */
    LLDT(null, FAULTS, WRITES),
    /** LTR of (selector). */
    LTR(null, FAULTS, WRITES),
    /** The LDTR selector. */
    SLDT(Width.I16),
    /** The TR selector. */
    STR(Width.I16),
    /** LAR of (selector): bit 32 set and the access rights, or 0 if the selector gives none. Faults are of paging. */
    LAR(Width.I64, FAULTS),
    /** LSL of (selector): bit 32 set and the limit in bytes, or 0 if the selector gives none. Faults are of paging. */
    LSL(Width.I64, FAULTS),
    /** VERR of (selector): ZF. Faults are of paging. */
    VERR(Width.I1, FAULTS),
    /** VERW of (selector): ZF. Faults are of paging. */
    VERW(Width.I1, FAULTS),

    // System.
    /** MOV from control register (number), with the read shadows of a guest. CPL is 0. */
    READ_CR(Width.I64, EXITS),
    /** MOV to control register (number, value); CPL is 0. Exits come before #GP(0) for the value. */
    WRITE_CR(null, FAULTS, EXITS, WRITES),
    /** SMSW: CR0 as a guest sees it. */
    SMSW(Width.I64),
    /** LMSW of (value); CPL is 0. */
    LMSW(null, FAULTS, EXITS, WRITES),
    /** CLTS; CPL is 0. */
    CLTS(null, FAULTS, EXITS, WRITES),
    /**
     * MOV from debug register (number, 0 to 7). In this order: exit, #UD for DR4 and DR5 with CR4.DE, #GP(0) unless CPL
     * is 0, #DB for DR7.GD.
     */
    READ_DR(Width.I64, FAULTS, EXITS),
    /** MOV to debug register (number, value): checks as {@link #READ_DR}, then #GP(0) for the value. */
    WRITE_DR(null, FAULTS, EXITS, WRITES),
    /** RDMSR of ECX into EDX:EAX; CPL is 0. Exits come before #GP(0) for the number. */
    RDMSR(null, FAULTS, EXITS, WRITES),
    /** WRMSR of EDX:EAX to ECX; CPL is 0. Exits come before #GP(0) for number and value. */
    WRMSR(null, FAULTS, EXITS, WRITES),
    /** RDTSC into EDX:EAX, with the offset of a guest. */
    RDTSC(null, WRITES),
    /**
     * RDTSCP into EDX:EAX and ECX. In this order: #UD in a guest that may not, #GP(0) by CR4.TSD, exit.
     */
    RDTSCP(null, FAULTS, EXITS, WRITES),
    /** RDPID: IA32_TSC_AUX; #UD in a guest that may not use RDTSCP. */
    RDPID(Width.I64, FAULTS),
    /** RDPMC into EDX:EAX: #GP(0) for the counter in ECX. */
    RDPMC(null, FAULTS, WRITES),
    /** CPUID. */
    CPUID(null, WRITES),
    /** XGETBV of ECX into EDX:EAX: #GP(0) for the number. */
    XGETBV(null, FAULTS, WRITES),
    /** XSETBV of EDX:EAX to ECX: #GP(0) for number and value. */
    XSETBV(null, FAULTS, WRITES),
    /** RDRAND: a random value of operand size; there always is one. */
    RDRAND(Width.I64, WRITES),
    /** RDSEED: as RDRAND. */
    RDSEED(Width.I64, WRITES),
    /** HLT: the processor waits from the next instruction on. */
    HLT(null, WRITES),
    /** PAUSE: ends the processor's turn. */
    PAUSE(null, WRITES),
    /** MONITOR of (offset in the operand's segment): #GP(0) for ECX, faults of the address. */
    MONITOR(null, FAULTS, WRITES),
    /** MWAIT: exit, then #GP(0) for ECX. CPL is 0. */
    MWAIT(null, FAULTS, EXITS, WRITES),
    /** INVLPG of (linear address); an address that is not canonical does nothing. */
    INVLPG(null, WRITES),
    /**
     * INVPCID of (type, offset of descriptor). In this order: #UD in a guest that may not, #GP(0) unless CPL is 0,
     * exit, faults of the descriptor, #GP(0) for type and descriptor.
     */
    INVPCID(null, FAULTS, EXITS, WRITES),
    /** CLI: #GP(0) by IOPL, or VIF by CR4.VME and CR4.PVI. */
    CLI(null, FAULTS, WRITES),
    /** STI: as CLI, and blocks interrupts until after the next instruction if IF was 0. */
    STI(null, FAULTS, WRITES),
    /** Flushes the cache line at (offset): faults of a byte's read, no access. */
    FLUSH_LINE(null, FAULTS),
    /** CRC32 of (checksum so far, value, bytes of the value), with the polynomial 11EDC6F41H, bits reflected. */
    CRC32(Width.I32),

    // Input and output.
    /** IN from (port, bytes): #GP(0) by IOPL and the TSS, then exit. */
    IN(Width.I32, FAULTS, EXITS, WRITES),
    /** OUT to (port, value, bytes): as IN. */
    OUT(null, FAULTS, EXITS, WRITES),
    /**
     * One iteration of INS of (bytes): checks as IN, then the store's; then rDI is moved by DF. The row counts rCX down
     * and repeats.
     */
    INS(null, FAULTS, EXITS, WRITES),
    /** One iteration of OUTS of (bytes): as INS, with rSI. */
    OUTS(null, FAULTS, EXITS, WRITES),

    // VMX. The rows have raised #UD outside VMX operation (VMXON: with CR4.VMXE 0), in real-address, virtual-8086 and
    // compatibility mode; what follows, in the order of each instruction's page, is the helper's: exit from non-root
    // operation, #GP(0) unless CPL is 0, faults of memory operands, VMsucceed and VMfail.
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
    /** VMREAD of the field with (encoding) to a register, which the helper writes: the instruction's first operand. */
    VMREAD_TO_REGISTER(null, FAULTS, EXITS, WRITES, WRITES_FLAGS),
    /** VMREAD of the field with (encoding) to memory at (offset). */
    VMREAD_TO_MEMORY(null, FAULTS, EXITS, WRITES, WRITES_FLAGS),
    /** VMWRITE to the field with (encoding) of (value). */
    VMWRITE_FROM_REGISTER(null, FAULTS, EXITS, WRITES, WRITES_FLAGS),
    /** VMWRITE to the field with (encoding) of the value in memory at (offset), 8 bytes in 64-bit mode, else 4. */
    VMWRITE_FROM_MEMORY(null, FAULTS, EXITS, WRITES, WRITES_FLAGS),
    /** VMLAUNCH: sets the instruction pointer in any outcome. */
    VMLAUNCH(null, FAULTS, EXITS, WRITES, WRITES_FLAGS, TRANSFERS),
    /** VMRESUME: sets the instruction pointer in any outcome. */
    VMRESUME(null, FAULTS, EXITS, WRITES, WRITES_FLAGS, TRANSFERS),
    /** VMCALL. The row has raised #UD outside VMX operation only: the exit comes before the rest. */
    VMCALL(null, FAULTS, EXITS, WRITES, WRITES_FLAGS),
    /** VMFUNC: #UD outside VMX non-root operation or without "enable VM functions", in any mode. */
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
