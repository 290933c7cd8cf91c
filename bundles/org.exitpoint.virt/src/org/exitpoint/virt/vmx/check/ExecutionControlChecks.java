/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx.check;

import org.exitpoint.arch.BitRange;
import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.msr.Msr;
import org.exitpoint.arch.vmx.ControlCheck;
import org.exitpoint.arch.vmx.ControlWord;
import org.exitpoint.arch.vmx.EptVpidCapability;
import org.exitpoint.arch.vmx.VmFunction;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.arch.vmx.VmxControl;

import static org.exitpoint.virt.vmx.check.ControlRules.aligned;
import static org.exitpoint.virt.vmx.check.ControlRules.allowedSettings;
import static org.exitpoint.virt.vmx.check.ControlRules.implies;
import static org.exitpoint.virt.vmx.check.ControlRules.isAligned;
import static org.exitpoint.virt.vmx.check.ControlRules.physical;

/** Checks on VM-execution control fields. */
@Sdm(section = "28.2.1.1", title = "VM-Execution Control Fields")
final class ExecutionControlChecks {
    private static final int PAGE = 12;
    private static final int VTPR = 0x80;
    private static final int PRIORITY_CLASS = 0xF;
    private static final int MAX_VECTOR = 0xFF;
    private static final int DESCRIPTOR = 6;
    private static final int POINTER = 3;
    private static final long HLATP_RESERVED = new BitRange(0, 2).mask() | new BitRange(5, 11).mask();

    private ExecutionControlChecks() {
    }

    static void bind(PredicateTable table) {
        words(table);
        bitmaps(table);
        tprShadow(table);
        interrupts(table);
        vpidAndEpt(table);
        needEpt(table);
        pages(table);
        functions(table);
        tertiary(table);
    }

    private static void words(PredicateTable table) {
        table.bind(ControlCheck.PIN_BASED_RESERVED_BITS, allowedSettings(ControlWord.PIN_BASED));
        table.bind(ControlCheck.PRIMARY_RESERVED_BITS, allowedSettings(ControlWord.PRIMARY));
        table.bind(ControlCheck.SECONDARY_RESERVED_BITS, allowedSettings(ControlWord.SECONDARY));
        table.bind(ControlCheck.TERTIARY_RESERVED_BITS, allowedSettings(ControlWord.TERTIARY));
        table.bind(ControlCheck.CR3_TARGET_COUNT,
                e -> e.get(VmcsField.CR3_TARGET_COUNT) <= e.capabilities().cr3Targets());
    }

    private static void bitmaps(PredicateTable table) {
        page(table, VmxControl.USE_IO_BITMAPS, VmcsField.ADDRESS_OF_IO_BITMAP_A,
                ControlCheck.IO_BITMAP_A_ALIGNMENT, ControlCheck.IO_BITMAP_A_WIDTH);
        page(table, VmxControl.USE_IO_BITMAPS, VmcsField.ADDRESS_OF_IO_BITMAP_B,
                ControlCheck.IO_BITMAP_B_ALIGNMENT, ControlCheck.IO_BITMAP_B_WIDTH);
        page(table, VmxControl.USE_MSR_BITMAPS, VmcsField.ADDRESS_OF_MSR_BITMAPS,
                ControlCheck.MSR_BITMAPS_ALIGNMENT, ControlCheck.MSR_BITMAPS_WIDTH);
    }

    /** With a control 1, a field is the physical address of a page. */
    private static void page(PredicateTable table, VmxControl control, VmcsField field, ControlCheck alignment,
            ControlCheck width) {
        table.bind(alignment, aligned(control, field, PAGE));
        table.bind(width, physical(control, field));
    }

    private static void tprShadow(PredicateTable table) {
        page(table, VmxControl.USE_TPR_SHADOW, VmcsField.VIRTUAL_APIC_ADDRESS,
                ControlCheck.VIRTUAL_APIC_ADDRESS_ALIGNMENT, ControlCheck.VIRTUAL_APIC_ADDRESS_WIDTH);
        table.bind(ControlCheck.TPR_THRESHOLD_RESERVED_BITS, e -> !e.has(VmxControl.USE_TPR_SHADOW)
                || e.has(VmxControl.VIRTUAL_INTERRUPT_DELIVERY) || e.get(VmcsField.TPR_THRESHOLD) <= PRIORITY_CLASS);
        table.bind(ControlCheck.TPR_THRESHOLD_ABOVE_VTPR, ExecutionControlChecks::thresholdIsReached);
        table.bind(ControlCheck.X2APIC_MODE_WITHOUT_TPR_SHADOW,
                implies(VmxControl.VIRTUALIZE_X2APIC_MODE, VmxControl.USE_TPR_SHADOW));
        table.bind(ControlCheck.APIC_REGISTER_VIRTUALIZATION_WITHOUT_TPR_SHADOW,
                implies(VmxControl.APIC_REGISTER_VIRTUALIZATION, VmxControl.USE_TPR_SHADOW));
        table.bind(ControlCheck.VIRTUAL_INTERRUPT_DELIVERY_WITHOUT_TPR_SHADOW,
                implies(VmxControl.VIRTUAL_INTERRUPT_DELIVERY, VmxControl.USE_TPR_SHADOW));
        table.bind(ControlCheck.IPI_VIRTUALIZATION_WITHOUT_TPR_SHADOW,
                implies(VmxControl.IPI_VIRTUALIZATION, VmxControl.USE_TPR_SHADOW));
    }

    private static boolean thresholdIsReached(EntryState e) {
        if (!e.has(VmxControl.USE_TPR_SHADOW) || e.has(VmxControl.VIRTUALIZE_APIC_ACCESSES)
                || e.has(VmxControl.VIRTUAL_INTERRUPT_DELIVERY)) {
            return true;
        }
        long vtpr = e.memory().read(e.get(VmcsField.VIRTUAL_APIC_ADDRESS) + VTPR, 1);
        return (e.get(VmcsField.TPR_THRESHOLD) & PRIORITY_CLASS) <= vtpr >>> 4;
    }

    private static void interrupts(PredicateTable table) {
        table.bind(ControlCheck.VIRTUAL_NMIS_WITHOUT_NMI_EXITING,
                implies(VmxControl.VIRTUAL_NMIS, VmxControl.NMI_EXITING));
        table.bind(ControlCheck.NMI_WINDOW_WITHOUT_VIRTUAL_NMIS,
                implies(VmxControl.NMI_WINDOW_EXITING, VmxControl.VIRTUAL_NMIS));
        page(table, VmxControl.VIRTUALIZE_APIC_ACCESSES, VmcsField.APIC_ACCESS_ADDRESS,
                ControlCheck.APIC_ACCESS_ADDRESS_ALIGNMENT, ControlCheck.APIC_ACCESS_ADDRESS_WIDTH);
        table.bind(ControlCheck.X2APIC_MODE_WITH_APIC_ACCESSES,
                e -> !e.has(VmxControl.VIRTUALIZE_X2APIC_MODE) || !e.has(VmxControl.VIRTUALIZE_APIC_ACCESSES));
        table.bind(ControlCheck.VIRTUAL_INTERRUPT_DELIVERY_WITHOUT_EXITING,
                implies(VmxControl.VIRTUAL_INTERRUPT_DELIVERY, VmxControl.EXTERNAL_INTERRUPT_EXITING));
        VmxControl posted = VmxControl.PROCESS_POSTED_INTERRUPTS;
        table.bind(ControlCheck.POSTED_INTERRUPTS_WITHOUT_DELIVERY,
                implies(posted, VmxControl.VIRTUAL_INTERRUPT_DELIVERY));
        table.bind(ControlCheck.POSTED_INTERRUPTS_WITHOUT_ACKNOWLEDGE,
                implies(posted, VmxControl.EXIT_ACKNOWLEDGE_INTERRUPT_ON_EXIT));
        table.bind(ControlCheck.POSTED_INTERRUPT_VECTOR,
                e -> !e.has(posted) || e.get(VmcsField.POSTED_INTERRUPT_NOTIFICATION_VECTOR) <= MAX_VECTOR);
        VmcsField descriptor = VmcsField.POSTED_INTERRUPT_DESCRIPTOR_ADDRESS;
        table.bind(ControlCheck.POSTED_INTERRUPT_DESCRIPTOR_ALIGNMENT, aligned(posted, descriptor, DESCRIPTOR));
        table.bind(ControlCheck.POSTED_INTERRUPT_DESCRIPTOR_WIDTH, physical(posted, descriptor));
    }

    private static void vpidAndEpt(PredicateTable table) {
        table.bind(ControlCheck.VPID_ZERO,
                e -> !e.has(VmxControl.ENABLE_VPID) || e.get(VmcsField.VIRTUAL_PROCESSOR_IDENTIFIER) != 0);
        table.bind(ControlCheck.EPTP_MEMORY_TYPE, e -> !e.has(VmxControl.ENABLE_EPT)
                || EptPointerRules.hasMemoryType(e.capabilities(), e.get(VmcsField.EPT_POINTER)));
        table.bind(ControlCheck.EPTP_PAGE_WALK_LENGTH, e -> !e.has(VmxControl.ENABLE_EPT)
                || EptPointerRules.hasLength(e.capabilities(), e.get(VmcsField.EPT_POINTER)));
        table.bind(ControlCheck.EPTP_ACCESSED_DIRTY, e -> !e.has(VmxControl.ENABLE_EPT)
                || EptPointerRules.hasAccessedDirty(e.capabilities(), e.get(VmcsField.EPT_POINTER)));
        table.bind(ControlCheck.EPTP_SUPERVISOR_SHADOW_STACK, e -> !e.has(VmxControl.ENABLE_EPT)
                || EptPointerRules.hasShadowStack(e.capabilities(), e.get(VmcsField.EPT_POINTER)));
        table.bind(ControlCheck.EPTP_RESERVED_BITS, e -> !e.has(VmxControl.ENABLE_EPT)
                || EptPointerRules.hasNoReservedBits(e.get(VmcsField.EPT_POINTER))
                && e.isPhysical(VmcsField.EPT_POINTER));
    }

    private static void needEpt(PredicateTable table) {
        VmxControl ept = VmxControl.ENABLE_EPT;
        table.bind(ControlCheck.PML_WITHOUT_EPT, implies(VmxControl.ENABLE_PML, ept));
        table.bind(ControlCheck.UNRESTRICTED_GUEST_WITHOUT_EPT, implies(VmxControl.UNRESTRICTED_GUEST, ept));
        table.bind(ControlCheck.MODE_BASED_EXECUTE_WITHOUT_EPT,
                implies(VmxControl.MODE_BASED_EXECUTE_CONTROL_FOR_EPT, ept));
        table.bind(ControlCheck.SUB_PAGE_PERMISSIONS_WITHOUT_EPT,
                implies(VmxControl.SUB_PAGE_WRITE_PERMISSIONS_FOR_EPT, ept));
        table.bind(ControlCheck.INTEL_PT_GUEST_PHYSICAL_WITHOUT_EPT,
                implies(VmxControl.INTEL_PT_USES_GUEST_PHYSICAL_ADDRESSES, ept));
        table.bind(ControlCheck.HLAT_WITHOUT_EPT, implies(VmxControl.ENABLE_HLAT, ept));
        table.bind(ControlCheck.EPT_PAGING_WRITE_WITHOUT_EPT, implies(VmxControl.EPT_PAGING_WRITE_CONTROL, ept));
        table.bind(ControlCheck.GUEST_PAGING_VERIFICATION_WITHOUT_EPT,
                implies(VmxControl.GUEST_PAGING_VERIFICATION, ept));
    }

    private static void pages(PredicateTable table) {
        page(table, VmxControl.ENABLE_PML, VmcsField.PML_ADDRESS, ControlCheck.PML_ADDRESS_ALIGNMENT,
                ControlCheck.PML_ADDRESS_WIDTH);
        page(table, VmxControl.SUB_PAGE_WRITE_PERMISSIONS_FOR_EPT, VmcsField.SUB_PAGE_PERMISSION_TABLE_POINTER,
                ControlCheck.SUB_PAGE_PERMISSION_TABLE_ALIGNMENT, ControlCheck.SUB_PAGE_PERMISSION_TABLE_WIDTH);
        page(table, VmxControl.VMCS_SHADOWING, VmcsField.VMREAD_BITMAP_ADDRESS,
                ControlCheck.VMREAD_BITMAP_ALIGNMENT, ControlCheck.VMREAD_BITMAP_WIDTH);
        page(table, VmxControl.VMCS_SHADOWING, VmcsField.VMWRITE_BITMAP_ADDRESS,
                ControlCheck.VMWRITE_BITMAP_ALIGNMENT, ControlCheck.VMWRITE_BITMAP_WIDTH);
        page(table, VmxControl.EPT_VIOLATION_VE, VmcsField.VIRTUALIZATION_EXCEPTION_INFORMATION_ADDRESS,
                ControlCheck.VIRTUALIZATION_EXCEPTION_ALIGNMENT, ControlCheck.VIRTUALIZATION_EXCEPTION_WIDTH);
        page(table, VmxControl.PASID_TRANSLATION, VmcsField.LOW_PASID_DIRECTORY_ADDRESS,
                ControlCheck.LOW_PASID_DIRECTORY_ALIGNMENT, ControlCheck.LOW_PASID_DIRECTORY_WIDTH);
        page(table, VmxControl.PASID_TRANSLATION, VmcsField.HIGH_PASID_DIRECTORY_ADDRESS,
                ControlCheck.HIGH_PASID_DIRECTORY_ALIGNMENT, ControlCheck.HIGH_PASID_DIRECTORY_WIDTH);
    }

    private static void functions(PredicateTable table) {
        table.bind(ControlCheck.VM_FUNCTION_RESERVED_BITS, e -> !e.has(VmxControl.ENABLE_VM_FUNCTIONS)
                || (e.get(VmcsField.VM_FUNCTION_CONTROLS) & ~e.capabilities().msr(Msr.IA32_VMX_VMFUNC)) == 0);
        table.bind(ControlCheck.EPTP_SWITCHING_WITHOUT_EPT, e -> !switchesEptp(e) || e.has(VmxControl.ENABLE_EPT));
        table.bind(ControlCheck.EPTP_LIST_ALIGNMENT,
                e -> !switchesEptp(e) || isAligned(e.get(VmcsField.EPTP_LIST_ADDRESS), PAGE));
        table.bind(ControlCheck.EPTP_LIST_WIDTH, e -> !switchesEptp(e) || e.isPhysical(VmcsField.EPTP_LIST_ADDRESS));
        VmxControl tracing = VmxControl.INTEL_PT_USES_GUEST_PHYSICAL_ADDRESSES;
        table.bind(ControlCheck.INTEL_PT_WITHOUT_LOAD_RTIT_CTL, implies(tracing, VmxControl.ENTRY_LOAD_IA32_RTIT_CTL));
        table.bind(ControlCheck.INTEL_PT_WITHOUT_CLEAR_RTIT_CTL,
                implies(tracing, VmxControl.EXIT_CLEAR_IA32_RTIT_CTL));
        table.bind(ControlCheck.TSC_MULTIPLIER_ZERO,
                e -> !e.has(VmxControl.USE_TSC_SCALING) || e.get(VmcsField.TSC_MULTIPLIER) != 0);
    }

    private static boolean switchesEptp(EntryState e) {
        return e.has(VmxControl.ENABLE_VM_FUNCTIONS)
                && VmFunction.EPTP_SWITCHING.isSet(e.get(VmcsField.VM_FUNCTION_CONTROLS));
    }

    private static void tertiary(PredicateTable table) {
        table.bind(ControlCheck.HLATP_RESERVED_BITS,
                e -> !e.has(VmxControl.ENABLE_HLAT) || (e.get(VmcsField.HLAT_POINTER) & HLATP_RESERVED) == 0);
        table.bind(ControlCheck.HLATP_WIDTH, physical(VmxControl.ENABLE_HLAT, VmcsField.HLAT_POINTER));
        table.bind(ControlCheck.HLAT_PREFIX_SIZE, e -> !e.has(VmxControl.ENABLE_HLAT)
                || e.get(VmcsField.HLAT_PREFIX_SIZE) <= EptVpidCapability.MAX_HLAT_PREFIX_SIZE
                        .of(e.capabilities().msr(Msr.IA32_VMX_EPT_VPID_CAP)));
        VmcsField pidTable = VmcsField.PID_POINTER_TABLE_ADDRESS;
        table.bind(ControlCheck.PID_TABLE_ALIGNMENT, aligned(VmxControl.IPI_VIRTUALIZATION, pidTable, POINTER));
        table.bind(ControlCheck.PID_TABLE_WIDTH, physical(VmxControl.IPI_VIRTUALIZATION, pidTable));
        table.bind(ControlCheck.PID_TABLE_LAST_ENTRY, e -> !e.has(VmxControl.IPI_VIRTUALIZATION)
                || e.model().isPhysical(e.get(pidTable) + (e.get(VmcsField.LAST_PID_POINTER_INDEX) << POINTER)));
    }
}
