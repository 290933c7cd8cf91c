/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.fuzz;

import java.util.SplittableRandom;

import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.conformance.behaviour.Code;
import org.exitpoint.isa.shape.CodeMode;
import org.exitpoint.machine.PhysicalMemory;

/**
 * A random hypervisor in 64-bit mode: it makes a VMCS that would do, spoils a few of its fields, launches,
         and takes the
 * next one after the exit or failure. Its guests are random instructions.
 */
final class RandomHypervisor {
    static final long START = 0x4_0000;
    private static final long GUEST = FuzzLayout.CODE;
    private static final long VMXON_REGION = 0x5_0000;
    private static final long VMCS = 0x5_1000;
    private static final long HOST_STACK = 0x5_8000;
    private static final int ROUNDS = 24;
    private static final int VMX_BASIC = 0x480;
    /** Capability MSRs of the controls: pin-based, processor-based, exit, entry, secondary processor-based. */
    private static final int[] CAPABILITIES = {0x481, 0x482, 0x483, 0x484, 0x48B};
    private static final int FEATURE_CONTROL = 0x3A;
    private static final int RBX = 3;
    private static final VmcsField[] CONTROLS = {VmcsField.PIN_BASED_VM_EXECUTION_CONTROLS,
        VmcsField.PRIMARY_PROCESSOR_BASED_VM_EXECUTION_CONTROLS, VmcsField.PRIMARY_VM_EXIT_CONTROLS,
        VmcsField.VM_ENTRY_CONTROLS, VmcsField.SECONDARY_PROCESSOR_BASED_VM_EXECUTION_CONTROLS};
    /** Host address-space size and IA-32e mode guest. */
    private static final int LONG_MODE = 1 << 9;
    private static final int PREEMPTION_TIMER = 1 << 6;

    private final SplittableRandom random;
    private final Code code = new Code(START);

    RandomHypervisor(SplittableRandom random) {
        this.random = random;
    }

    /** Puts it into memory. */
    void write(PhysicalMemory memory) {
        enterVmx();
        for (int round = 0; round < ROUNDS; round++) {
            round(round);
        }
        code.hex("F4");
        byte[] bytes = code.bytes();
        memory.write(START, bytes, 0, bytes.length);
        InstructionGenerator generator = new InstructionGenerator(random, CodeMode.BITS64);
        for (long at = GUEST; at < GUEST + FuzzLayout.CODE_BYTES;) {
            byte[] instruction = generator.next();
            memory.write(at, instruction, 0, instruction.length);
            at += instruction.length;
        }
    }

    private void enterVmx() {
        code.hex("B9").value(FEATURE_CONTROL, 4).hex("0F 32 A8 01").jcc(5, "locked").hex("B8 05 00 00 00 31 D2 0F 30")
            .label("locked").hex("0F 20 E0 48 0F BA E8 0D 0F 22 E0 B9").value(VMX_BASIC, 4).hex("0F 32 0F BA F0 1F");
        code.hex("A3").value(VMXON_REGION, 8).hex("A3").value(VMCS, 8);
        code.mov(RBX, VMXON_REGION).hex("53 F3 0F C7 34 24 5B");
    }

    private void round(int number) {
        code.mov(RBX, VMCS).hex("53 66 0F C7 34 24 0F C7 34 24 5B");
        for (int i = 0; i < CONTROLS.length; i++) {
            control(i);
        }
        state();
        String next = "after" + number;
        code.mov(RBX, next);
        writeRbx(VmcsField.HOST_RIP);
        int spoilt = random.nextInt(4);
        for (int i = 0; i < spoilt; i++) {
            field(any(), value());
        }
        code.hex("0F 01 C2").label(next);
        if (random.nextInt(4) == 0) {
            code.hex("B8").value(any().encoding(), 4).hex("0F 78 C3");
        }
        if (random.nextInt(4) == 0) {
            code.hex("0F 01 C3");
        }
    }

    private VmcsField any() {
        VmcsField[] all = VmcsField.values();
        return all[random.nextInt(all.length)];
    }

    private long value() {
        return switch (random.nextInt(5)) {
            case 0 -> random.nextLong();
            case 1 -> 1L << random.nextInt(64);
            case 2 -> FuzzLayout.address(random);
            default -> random.nextInt(0x100);
        };
    }

    /** A control field of random bits, mostly made to fit its capability MSR. */
    private void control(int number) {
        int wanted = random.nextInt() & random.nextInt() & random.nextInt();
        if (number == 0 && random.nextInt(8) != 0) {
            wanted |= PREEMPTION_TIMER;
        }
        code.hex("B9").value(CAPABILITIES[number], 4).hex("0F 32 BB").value(wanted, 4);
        if (random.nextInt(16) != 0) {
            code.hex("09 C3 21 D3");
        }
        if (number == 2 || number == 3) {
            code.hex("81 CB").value(LONG_MODE, 4);
        }
        writeRbx(CONTROLS[number]);
    }

    private void writeRbx(VmcsField field) {
        code.hex("B8").value(field.encoding(), 4).hex("0F 79 C3");
    }

    private void field(VmcsField field, long value) {
        code.mov(RBX, value);
        writeRbx(field);
    }

    private void state() {
        String[] reads = {"0F 20 C3", "0F 20 DB", "0F 20 E3"};
        VmcsField[] host = {VmcsField.HOST_CR0, VmcsField.HOST_CR3, VmcsField.HOST_CR4};
        VmcsField[] guest = {VmcsField.GUEST_CR0, VmcsField.GUEST_CR3, VmcsField.GUEST_CR4};
        for (int i = 0; i < reads.length; i++) {
            code.hex(reads[i]);
            writeRbx(host[i]);
            writeRbx(guest[i]);
        }
        field(VmcsField.HOST_CS_SELECTOR, RandomDescriptors.code(0));
        field(VmcsField.HOST_SS_SELECTOR, RandomDescriptors.data(0));
        field(VmcsField.HOST_TR_SELECTOR, RandomDescriptors.TSS_SELECTOR);
        field(VmcsField.HOST_TR_BASE, FuzzLayout.TSS);
        field(VmcsField.HOST_GDTR_BASE, FuzzLayout.GDT);
        field(VmcsField.HOST_IDTR_BASE, FuzzLayout.IDT);
        field(VmcsField.HOST_RSP, HOST_STACK);
        for (VmcsField efer : new VmcsField[] {VmcsField.HOST_IA32_EFER, VmcsField.GUEST_IA32_EFER}) {
            field(efer, 0x500);
        }
        guestSegments();
        field(VmcsField.VMCS_LINK_POINTER, -1);
        field(VmcsField.GUEST_DR7, 0x400);
        field(VmcsField.GUEST_RSP, FuzzLayout.STACK);
        field(VmcsField.GUEST_RIP, GUEST + random.nextInt(0x100));
        field(VmcsField.GUEST_RFLAGS, 2 | random.nextInt(2) << 9);
        field(VmcsField.VMX_PREEMPTION_TIMER_VALUE, random.nextInt(40));
        field(VmcsField.EXCEPTION_BITMAP, random.nextInt());
        field(VmcsField.VIRTUAL_PROCESSOR_IDENTIFIER, random.nextInt(3));
        field(VmcsField.EPT_POINTER, FuzzLayout.PAGING | 0x1E);
        for (VmcsField bitmap : new VmcsField[] {VmcsField.ADDRESS_OF_IO_BITMAP_A, VmcsField.ADDRESS_OF_IO_BITMAP_B,
            VmcsField.ADDRESS_OF_MSR_BITMAPS, VmcsField.VIRTUAL_APIC_ADDRESS, VmcsField.APIC_ACCESS_ADDRESS}) {
            field(bitmap, 0x6_0000);
        }
    }

    private void guestSegments() {
        VmcsField[] selectors = VmcsField.values();
        for (VmcsField field : selectors) {
            String name = field.name();
            if (name.matches("GUEST_(ES|SS|DS|FS|GS)_ACCESS_RIGHTS")) {
                field(field, 0xC093);
            } else if (name.matches("GUEST_.*_LIMIT")) {
                field(field, name.contains("DTR") || name.contains("TR") ? 0xFFF : 0xFFFF_FFFFL);
            } else if (name.matches("GUEST_(ES|SS|DS|FS|GS)_SELECTOR")) {
                field(field, RandomDescriptors.data(0));
            }
        }
        field(VmcsField.GUEST_CS_SELECTOR, RandomDescriptors.code(0));
        field(VmcsField.GUEST_CS_ACCESS_RIGHTS, 0xA09B);
        field(VmcsField.GUEST_TR_SELECTOR, RandomDescriptors.TSS_SELECTOR);
        field(VmcsField.GUEST_TR_ACCESS_RIGHTS, 0x8B);
        field(VmcsField.GUEST_TR_BASE, FuzzLayout.TSS);
        field(VmcsField.GUEST_LDTR_ACCESS_RIGHTS, 0x1_0000);
        field(VmcsField.GUEST_GDTR_BASE, FuzzLayout.GDT);
        field(VmcsField.GUEST_IDTR_BASE, FuzzLayout.IDT);
    }
}
