/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.SegmentRegister;

/**
 * The rules for guest segment registers, each of which makes a {@link GuestStateCheck} of every register it is for.
 * In the sentences {@code %s} stands for the register.
 */
@Sdm(section = "28.3.1.2", title = "Checks on Guest Segment Registers")
public enum SegmentRule {
    TI_FLAG(
            "TI (bit 2) of the %s selector must be 0 (of LDTR only if it is usable).",
            "Use a selector of the GDT.",
            List.of(SegmentFields::selector, SegmentFields::accessRights)),
    STACK_RPL(
            "Unless virtual-8086 or with \"unrestricted guest\", RPL of the %s selector must equal RPL of the CS "
                    + "selector.",
            "Make bits 1:0 of both selectors agree.",
            List.of(SegmentFields::selector),
            VmcsField.GUEST_CS_SELECTOR, VmcsField.GUEST_RFLAGS,
            VmcsField.SECONDARY_PROCESSOR_BASED_VM_EXECUTION_CONTROLS,
            VmcsField.PRIMARY_PROCESSOR_BASED_VM_EXECUTION_CONTROLS),
    VIRTUAL_8086_BASE(
            "If the guest will be virtual-8086, the base address of %s must be its selector shifted left by 4.",
            "Write selector * 16.",
            List.of(SegmentFields::selector, SegmentFields::base), VmcsField.GUEST_RFLAGS),
    CANONICAL_BASE(
            "The base address of %s must be canonical (of LDTR only if it is usable).",
            "Write an address whose upper bits all equal its highest linear-address bit.",
            List.of(SegmentFields::base, SegmentFields::accessRights)),
    BASE_HIGH_BITS(
            "Bits 63:32 of the base address of %s must be 0 (except for CS only if it is usable).",
            "Clear bits 63:32 of the base address.",
            List.of(SegmentFields::base, SegmentFields::accessRights)),
    VIRTUAL_8086_LIMIT(
            "If the guest will be virtual-8086, the limit of %s must be 0000FFFFH.",
            "Write 0000FFFFH.",
            List.of(SegmentFields::limit), VmcsField.GUEST_RFLAGS),
    VIRTUAL_8086_ACCESS_RIGHTS(
            "If the guest will be virtual-8086, the access rights of %s must be 000000F3H.",
            "Write 000000F3H.",
            List.of(SegmentFields::accessRights), VmcsField.GUEST_RFLAGS),
    CODE_TYPE(
            "Unless virtual-8086, the type of %s must be 9, 11, 13 or 15 (accessed code), or 3 with "
                    + "\"unrestricted guest\".",
            "Write type 11 (code, readable, accessed).",
            List.of(SegmentFields::accessRights),
            VmcsField.GUEST_RFLAGS, VmcsField.SECONDARY_PROCESSOR_BASED_VM_EXECUTION_CONTROLS,
            VmcsField.PRIMARY_PROCESSOR_BASED_VM_EXECUTION_CONTROLS),
    STACK_TYPE(
            "Unless virtual-8086, the type of %s must be 3 or 7 (accessed writable data) if it is usable.",
            "Write type 3, or mark the register unusable.",
            List.of(SegmentFields::accessRights), VmcsField.GUEST_RFLAGS),
    ACCESSED(
            "Unless virtual-8086, bit 0 of the type of %s must be 1 (accessed) if it is usable.",
            "Set the accessed bit.",
            List.of(SegmentFields::accessRights), VmcsField.GUEST_RFLAGS),
    READABLE_CODE(
            "Unless virtual-8086, if %s is usable and a code segment (bit 3 of the type), bit 1 of the type must "
                    + "be 1 (readable).",
            "Make the code segment readable.",
            List.of(SegmentFields::accessRights), VmcsField.GUEST_RFLAGS),
    CODE_OR_DATA(
            "Unless virtual-8086, S (bit 4) of the access rights of %s must be 1 if it is usable.",
            "Set bit 4.",
            List.of(SegmentFields::accessRights), VmcsField.GUEST_RFLAGS),
    CODE_DPL_DATA(
            "Unless virtual-8086, DPL of %s must be 0 if its type is 3 (writable data).",
            "Write DPL 0, or a code segment.",
            List.of(SegmentFields::accessRights), VmcsField.GUEST_RFLAGS),
    CODE_DPL_NONCONFORMING(
            "Unless virtual-8086, DPL of %s must equal DPL of SS if its type is 9 or 11 (non-conforming code).",
            "Make both DPLs agree.",
            List.of(SegmentFields::accessRights), VmcsField.GUEST_SS_ACCESS_RIGHTS, VmcsField.GUEST_RFLAGS),
    CODE_DPL_CONFORMING(
            "Unless virtual-8086, DPL of %s must not exceed DPL of SS if its type is 13 or 15 (conforming code).",
            "Lower the DPL of CS.",
            List.of(SegmentFields::accessRights), VmcsField.GUEST_SS_ACCESS_RIGHTS, VmcsField.GUEST_RFLAGS),
    STACK_DPL_RPL(
            "Unless virtual-8086 or with \"unrestricted guest\", DPL of %s must equal RPL of its selector.",
            "Make DPL and RPL agree.",
            List.of(SegmentFields::selector, SegmentFields::accessRights),
            VmcsField.GUEST_RFLAGS, VmcsField.SECONDARY_PROCESSOR_BASED_VM_EXECUTION_CONTROLS,
            VmcsField.PRIMARY_PROCESSOR_BASED_VM_EXECUTION_CONTROLS),
    STACK_DPL_ZERO(
            "Unless virtual-8086, DPL of %s must be 0 if the type of CS is 3 or CR0.PE is 0.",
            "Write DPL 0.",
            List.of(SegmentFields::accessRights),
            VmcsField.GUEST_CS_ACCESS_RIGHTS, VmcsField.GUEST_CR0, VmcsField.GUEST_RFLAGS),
    DATA_DPL(
            "Unless virtual-8086 or with \"unrestricted guest\", DPL of %s must not be below RPL of its selector "
                    + "if it is usable and its type is 0 to 11.",
            "Raise the DPL, lower the RPL, or mark the register unusable.",
            List.of(SegmentFields::selector, SegmentFields::accessRights),
            VmcsField.GUEST_RFLAGS, VmcsField.SECONDARY_PROCESSOR_BASED_VM_EXECUTION_CONTROLS,
            VmcsField.PRIMARY_PROCESSOR_BASED_VM_EXECUTION_CONTROLS),
    PRESENT(
            "Unless virtual-8086, P (bit 7) of the access rights of %s must be 1 if it is usable.",
            "Set bit 7, or mark the register unusable.",
            List.of(SegmentFields::accessRights), VmcsField.GUEST_RFLAGS),
    RESERVED_BITS(
            "Unless virtual-8086, bits 11:8 and 31:17 of the access rights of %s must be 0 if it is usable.",
            "Clear the reserved bits.",
            List.of(SegmentFields::accessRights), VmcsField.GUEST_RFLAGS),
    DEFAULT_SIZE(
            "Unless virtual-8086, D/B of %s must be 0 if \"IA-32e mode guest\" and L are 1.",
            "Clear bit 14, or bit 13, of the access rights.",
            List.of(SegmentFields::accessRights), VmcsField.GUEST_RFLAGS, VmcsField.VM_ENTRY_CONTROLS),
    GRANULARITY_LOW(
            "Unless virtual-8086, G of %s must be 0 if any bit in 11:0 of its limit is 0 and it is usable.",
            "Clear G, or set bits 11:0 of the limit.",
            List.of(SegmentFields::limit, SegmentFields::accessRights), VmcsField.GUEST_RFLAGS),
    GRANULARITY_HIGH(
            "Unless virtual-8086, G of %s must be 1 if any bit in 31:20 of its limit is 1 and it is usable.",
            "Set G, or lower the limit.",
            List.of(SegmentFields::limit, SegmentFields::accessRights), VmcsField.GUEST_RFLAGS),
    TASK_TYPE(
            "The type of %s must be 11 (busy TSS), or 3 (busy 16-bit TSS) if \"IA-32e mode guest\" is 0.",
            "Write type 11.",
            List.of(SegmentFields::accessRights), VmcsField.VM_ENTRY_CONTROLS),
    LDT_TYPE(
            "The type of %s must be 2 (LDT) if it is usable.",
            "Write type 2, or mark the register unusable.",
            List.of(SegmentFields::accessRights)),
    SYSTEM_SEGMENT(
            "S (bit 4) of the access rights of %s must be 0 (of LDTR only if it is usable).",
            "Clear bit 4.",
            List.of(SegmentFields::accessRights)),
    SYSTEM_PRESENT(
            "P (bit 7) of the access rights of %s must be 1 (of LDTR only if it is usable).",
            "Set bit 7.",
            List.of(SegmentFields::accessRights)),
    SYSTEM_RESERVED_BITS(
            "Bits 11:8 and 31:17 of the access rights of %s must be 0 (of LDTR only if it is usable).",
            "Clear the reserved bits.",
            List.of(SegmentFields::accessRights)),
    SYSTEM_GRANULARITY_LOW(
            "G of %s must be 0 if any bit in 11:0 of its limit is 0 (for LDTR only if it is usable).",
            "Clear G, or set bits 11:0 of the limit.",
            List.of(SegmentFields::limit, SegmentFields::accessRights)),
    SYSTEM_GRANULARITY_HIGH(
            "G of %s must be 1 if any bit in 31:20 of its limit is 1 (for LDTR only if it is usable).",
            "Set G, or lower the limit.",
            List.of(SegmentFields::limit, SegmentFields::accessRights)),
    USABLE(
            "%s must be usable: bit 16 of its access rights must be 0.",
            "Clear bit 16.",
            List.of(SegmentFields::accessRights));

    private final String rule;
    private final String remedy;
    private final List<Function<SegmentFields, VmcsField>> parts;
    private final List<VmcsField> others;

    SegmentRule(String rule, String remedy, List<Function<SegmentFields, VmcsField>> parts, VmcsField... others) {
        this.rule = rule;
        this.remedy = remedy;
        this.parts = parts;
        this.others = List.of(others);
    }

    String rule(SegmentRegister register) {
        return String.format(Locale.ROOT, rule, register);
    }

    String remedy() {
        return remedy;
    }

    List<VmcsField> reads(SegmentRegister register) {
        SegmentFields fields = SegmentFields.of(register);
        return Stream.concat(parts.stream().map(part -> part.apply(fields)), others.stream()).distinct().toList();
    }
}
