/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import org.exitpoint.arch.AccessRights;
import org.exitpoint.arch.BitField;
import org.exitpoint.arch.Cr0;
import org.exitpoint.arch.Cr4;
import org.exitpoint.arch.Dr6;
import org.exitpoint.arch.Dr7;
import org.exitpoint.arch.Efer;
import org.exitpoint.arch.GeneralRegister;
import org.exitpoint.arch.SegmentRegister;
import org.exitpoint.arch.vmx.SegmentFields;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.debug.context.GuestRecord.SavedRegister;
import org.exitpoint.debug.inspect.RegisterDescriptor.Group;

/** The registers that people see. */
final class RegisterTable {
    static final List<RegisterDescriptor> ALL = all();

    private static final int LIMIT_OFFSET = 8;

    private RegisterTable() {
    }

    private static List<RegisterDescriptor> all() {
        List<RegisterDescriptor> all = new ArrayList<>();
        addGeneral(all);
        addControl(all);
        for (SegmentRegister register : SegmentRegister.values()) {
            addSegment(all, register);
        }
        addTable(all, "GDTR", GuestState.GDTR, VmcsField.GUEST_GDTR_BASE, VmcsField.GUEST_GDTR_LIMIT,
                VmcsField.HOST_GDTR_BASE);
        addTable(all, "IDTR", GuestState.IDTR, VmcsField.GUEST_IDTR_BASE, VmcsField.GUEST_IDTR_LIMIT,
                VmcsField.HOST_IDTR_BASE);
        addDebug(all);
        return List.copyOf(all);
    }

    private static void addGeneral(List<RegisterDescriptor> all) {
        for (GeneralRegister register : GeneralRegister.values()) {
            boolean stack = register == GeneralRegister.RSP;
            all.add(new RegisterDescriptor(register.name(), Group.GENERAL, 64,
                    new StateSlot.At(GuestState.REGISTERS + 8 * register.number(), 8),
                    stack ? VmcsField.GUEST_RSP : null, stack ? VmcsField.HOST_RSP : null,
                    stack ? null : SavedRegister.valueOf(register.name()), RegisterTable::noWords));
        }
        all.add(new RegisterDescriptor("RIP", Group.GENERAL, 64, new StateSlot.At(GuestState.RIP, 8),
                VmcsField.GUEST_RIP, VmcsField.HOST_RIP, null, RegisterTable::noWords));
        all.add(new RegisterDescriptor("RFLAGS", Group.GENERAL, 64, new StateSlot.Flags(), VmcsField.GUEST_RFLAGS,
                null, null, RegisterWords::rflags));
    }

    private static void addControl(List<RegisterDescriptor> all) {
        all.add(control("CR0", GuestState.CR0, VmcsField.GUEST_CR0, VmcsField.HOST_CR0, null, bits(Cr0.values())));
        all.add(control("CR2", GuestState.CR2, null, null, SavedRegister.CR2, RegisterTable::noWords));
        all.add(control("CR3", GuestState.CR3, VmcsField.GUEST_CR3, VmcsField.HOST_CR3, null,
                RegisterTable::noWords));
        all.add(control("CR4", GuestState.CR4, VmcsField.GUEST_CR4, VmcsField.HOST_CR4, null, bits(Cr4.values())));
        all.add(control("IA32_EFER", GuestState.EFER, VmcsField.GUEST_IA32_EFER, VmcsField.HOST_IA32_EFER, null,
                bits(Efer.values())));
        all.add(control("XCR0", GuestState.XCR0, null, null, SavedRegister.XCR0, RegisterTable::noWords));
    }

    private static RegisterDescriptor control(String name, int offset, VmcsField guest, VmcsField host,
            SavedRegister saved, LongFunction<String> words) {
        return new RegisterDescriptor(name, Group.CONTROL, 64, new StateSlot.At(offset, 8), guest, host, saved, words);
    }

    private static void addSegment(List<RegisterDescriptor> all, SegmentRegister register) {
        SegmentFields fields = SegmentFields.of(register);
        int offset = GuestState.segment(register.number());
        all.add(segment(register.name(), offset + GuestState.SEGMENT_SELECTOR, 16, fields.selector(),
                host(register + "_SELECTOR"), RegisterTable::noWords));
        all.add(segment(register + ".base", offset + GuestState.SEGMENT_BASE, 64, fields.base(),
                host(register + "_BASE"), RegisterTable::noWords));
        all.add(segment(register + ".limit", offset + GuestState.SEGMENT_LIMIT, 32, fields.limit(), null,
                RegisterTable::noWords));
        all.add(segment(register + ".rights", offset + GuestState.SEGMENT_RIGHTS, 32, fields.accessRights(), null,
                AccessRights::inWords));
    }

    private static RegisterDescriptor segment(String name, int offset, int bits, VmcsField guest, VmcsField host,
            LongFunction<String> words) {
        return new RegisterDescriptor(name, Group.SEGMENTS, bits, new StateSlot.At(offset, bits / Byte.SIZE), guest,
                host, null, words);
    }

    /** Not every part of a segment register has a host-state field. */
    private static VmcsField host(String part) {
        return Arrays.stream(VmcsField.values()).filter(field -> field.name().equals("HOST_" + part)).findFirst()
                .orElse(null);
    }

    private static void addTable(List<RegisterDescriptor> all, String name, int offset, VmcsField base,
            VmcsField limit, VmcsField hostBase) {
        all.add(segment(name + ".base", offset, 64, base, hostBase, RegisterTable::noWords));
        all.add(segment(name + ".limit", offset + LIMIT_OFFSET, 16, limit, null, RegisterTable::noWords));
    }

    private static void addDebug(List<RegisterDescriptor> all) {
        for (int number : new int[] {0, 1, 2, 3, 6}) {
            all.add(debug(number, null, SavedRegister.valueOf("DR" + number),
                    number == 6 ? bits(Dr6.values()) : RegisterTable::noWords));
        }
        all.add(debug(7, VmcsField.GUEST_DR7, null, bits(Dr7.values())));
    }

    private static RegisterDescriptor debug(int number, VmcsField guest, SavedRegister saved,
            LongFunction<String> words) {
        return new RegisterDescriptor("DR" + number, Group.DEBUG, 64,
                new StateSlot.At(GuestState.DEBUG_REGISTERS + 8 * number, 8), guest, null, saved, words);
    }

    private static LongFunction<String> bits(BitField[] fields) {
        return value -> BitField.describe(fields, value);
    }

    private static String noWords(long value) {
        return "";
    }
}
