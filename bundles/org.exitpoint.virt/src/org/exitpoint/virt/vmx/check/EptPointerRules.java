/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx.check;

import org.exitpoint.arch.BitRange;
import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.msr.Msr;
import org.exitpoint.arch.vmx.EptPointer;
import org.exitpoint.arch.vmx.EptVpidCapability;
import org.exitpoint.virt.vmx.capability.VmxCapabilities;

/** What an EPT pointer must be like, for VM entry and for INVEPT. */
@Sdm(section = "26.6.11", title = "Extended-Page-Table Pointer (EPTP)")
public final class EptPointerRules {
    private static final int UNCACHEABLE = 0;
    private static final int WRITE_BACK = 6;
    private static final int FOUR_LEVELS = 3;
    private static final int FIVE_LEVELS = 4;
    private static final long RESERVED = new BitRange(8, 11).mask();

    private EptPointerRules() {
    }

    /** Whether VM entry accepts an EPT pointer. */
    public static boolean isValid(VmxCapabilities capabilities, long pointer) {
        return hasMemoryType(capabilities, pointer) && hasLength(capabilities, pointer)
                && hasAccessedDirty(capabilities, pointer) && hasShadowStack(capabilities, pointer)
                && hasNoReservedBits(pointer) && capabilities.model().isPhysical(pointer);
    }

    static boolean hasMemoryType(VmxCapabilities capabilities, long pointer) {
        return switch ((int) EptPointer.MEMORY_TYPE.of(pointer)) {
            case UNCACHEABLE -> reports(capabilities, EptVpidCapability.MEMORY_TYPE_UC);
            case WRITE_BACK -> reports(capabilities, EptVpidCapability.MEMORY_TYPE_WB);
            default -> false;
        };
    }

    static boolean hasLength(VmxCapabilities capabilities, long pointer) {
        return switch ((int) EptPointer.PAGE_WALK_LENGTH.of(pointer)) {
            case FOUR_LEVELS -> reports(capabilities, EptVpidCapability.PAGE_WALK_LENGTH_4);
            case FIVE_LEVELS -> reports(capabilities, EptVpidCapability.PAGE_WALK_LENGTH_5);
            default -> false;
        };
    }

    static boolean hasAccessedDirty(VmxCapabilities capabilities, long pointer) {
        return !EptPointer.ACCESSED_DIRTY.isSet(pointer) || reports(capabilities, EptVpidCapability.ACCESSED_DIRTY);
    }

    static boolean hasShadowStack(VmxCapabilities capabilities, long pointer) {
        return !EptPointer.SUPERVISOR_SHADOW_STACK.isSet(pointer)
                || reports(capabilities, EptVpidCapability.SUPERVISOR_SHADOW_STACK);
    }

    static boolean hasNoReservedBits(long pointer) {
        return (pointer & RESERVED) == 0;
    }

    private static boolean reports(VmxCapabilities capabilities, EptVpidCapability capability) {
        return capability.isSet(capabilities.msr(Msr.IA32_VMX_EPT_VPID_CAP));
    }
}
