/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.exitpoint.arch.GeneralRegister;

/**
 * What an exit was, for breakpoints, statistics and filters: its reason and the attributes that tell exits of the same
 * reason apart.
 *
 * @param reason the basic exit reason
 * @param attributes values of the attributes that the exit has, unsigned
 */
public record ExitKey(ExitReason reason, Map<ExitAttribute, Long> attributes) {
    /** Copies the attributes. */
    public ExitKey {
        Objects.requireNonNull(reason);
        Map<ExitAttribute, Long> copy = new EnumMap<>(ExitAttribute.class);
        copy.putAll(attributes);
        attributes = Collections.unmodifiableMap(copy);
    }

    /**
     * The key of the exit that a VMCS describes.
     *
     * @param vmcs reads a field of the VMCS
     * @param registers reads a general-purpose register of the guest as it was at the exit
     * @return the key, or null if the exit reason is none that the manual knows
     */
    public static ExitKey of(ToLongFunction<VmcsField> vmcs, ToLongFunction<GeneralRegister> registers) {
        ExitReason reason = ExitReason.ofField(vmcs.applyAsLong(VmcsField.EXIT_REASON));
        if (reason == null) {
            return null;
        }
        Map<ExitAttribute, Long> attributes = new EnumMap<>(ExitAttribute.class);
        for (ExitAttribute attribute : ExitAttribute.of(reason)) {
            Long value = value(attribute, reason, vmcs, registers);
            if (value != null) {
                attributes.put(attribute, value);
            }
        }
        return new ExitKey(reason, attributes);
    }

    private static Long value(ExitAttribute attribute, ExitReason reason, ToLongFunction<VmcsField> vmcs,
            ToLongFunction<GeneralRegister> registers) {
        long qualification = vmcs.applyAsLong(VmcsField.EXIT_QUALIFICATION);
        ExitQualification decoded = ExitQualification.decode(reason, qualification);
        return switch (attribute) {
            case VECTOR -> vector(reason, vmcs, qualification);
            case LEAF -> low32(registers.applyAsLong(GeneralRegister.RAX));
            case FUNCTION -> registers.applyAsLong(GeneralRegister.RAX);
            case SUBLEAF, MSR, XCR -> low32(registers.applyAsLong(GeneralRegister.RCX));
            case CR -> decoded instanceof CrAccess access ? Long.valueOf(access.register()) : null;
            case DR -> decoded instanceof MovDr access ? Long.valueOf(access.register()) : null;
            case PORT -> decoded instanceof IoInstruction access ? Long.valueOf(access.port()) : null;
            case GPA -> vmcs.applyAsLong(VmcsField.GUEST_PHYSICAL_ADDRESS);
            case LINEAR -> linear(decoded, vmcs);
            case OFFSET -> decoded instanceof ApicAccess access ? Long.valueOf(access.offset()) : qualification;
            case SELECTOR -> decoded instanceof TaskSwitch access ? Long.valueOf(access.selector()) : null;
            case FIELD -> registers.applyAsLong(InstructionInfo.decode(InstructionInfo.Format.VMREAD_VMWRITE,
                    vmcs.applyAsLong(VmcsField.VM_EXIT_INSTRUCTION_INFORMATION)).register2());
        };
    }

    private static Long vector(ExitReason reason, ToLongFunction<VmcsField> vmcs, long qualification) {
        if (!reason.information().contains(ExitReason.Information.INTERRUPTION_INFORMATION)) {
            return qualification;
        }
        long event = vmcs.applyAsLong(VmcsField.VM_EXIT_INTERRUPTION_INFORMATION);
        return InterruptionInfo.isValid(event) ? Long.valueOf(InterruptionInfo.decode(event).vector()) : null;
    }

    private static Long linear(ExitQualification decoded, ToLongFunction<VmcsField> vmcs) {
        return switch (decoded) {
            case ExitQualification.Address address -> address.value();
            case EptViolation violation when violation.bits().contains(EptViolation.Bit.LINEAR_VALID) ->
                    vmcs.applyAsLong(VmcsField.GUEST_LINEAR_ADDRESS);
            default -> null;
        };
    }

    private static long low32(long value) {
        return value & 0xffff_ffffL;
    }

    /**
     * The key that statistics count under: the reason and its first attribute only.
     *
     * @return a key with at most one attribute
     */
    public ExitKey category() {
        List<ExitAttribute> present = List.copyOf(attributes.keySet());
        return present.size() <= 1 ? this
                : new ExitKey(reason, Map.of(present.getFirst(), attributes.get(present.getFirst())));
    }

    /** The key in the grammar of {@link ExitFilter}. */
    @Override
    public String toString() {
        return attributes.isEmpty() ? reason.name() : reason + ":" + attributes.entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "%s=0x%x", entry.getKey().key(), entry.getValue()))
                .collect(Collectors.joining(","));
    }
}
