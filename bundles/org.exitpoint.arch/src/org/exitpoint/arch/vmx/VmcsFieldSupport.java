/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.exitpoint.arch.Sdm;

/**
 * Which fields exist only on processors that support the 1-setting of some control. VMREAD and VMWRITE of a field that
 * does not exist fail with VM-instruction error 12.
 */
@Sdm(section = "B", title = "Field Encoding in VMCS")
public final class VmcsFieldSupport {
    private static final Map<VmcsField, List<VmxControl>> REQUIREMENTS = new EnumMap<>(VmcsField.class);

    static {
        executionControls();
        addresses();
        guestAndHostState();
    }

    private VmcsFieldSupport() {
    }

    /**
     * Whether a processor has a field. The number of CR3-target values is not decided here: IA32_VMX_MISC reports it.
     *
     * @param field the field
     * @param supported tells whether the processor supports the 1-setting of a control
     * @return true if the field exists; false for the shared EPT pointer, which only a TDX module sees
     */
    public static boolean exists(VmcsField field, Predicate<VmxControl> supported) {
        List<VmxControl> requirements = requirements(field);
        return field != VmcsField.SHARED_EPT_POINTER
                && (requirements.isEmpty() || requirements.stream().anyMatch(supported));
    }

    /**
     * The controls a field came with.
     *
     * @param field the field
     * @return the field exists if the processor supports the 1-setting of any; empty if it came with none
     */
    public static List<VmxControl> requirements(VmcsField field) {
        return REQUIREMENTS.getOrDefault(field, List.of());
    }

    private static void require(VmxControl control, VmcsField... fields) {
        requireAny(List.of(control), fields);
    }

    private static void requireAny(List<VmxControl> controls, VmcsField... fields) {
        for (VmcsField field : fields) {
            if (REQUIREMENTS.put(field, controls) != null) {
                throw new AssertionError("two requirements for " + field);
            }
        }
    }

    private static void executionControls() {
        require(VmxControl.ENABLE_VPID, VmcsField.VIRTUAL_PROCESSOR_IDENTIFIER);
        require(VmxControl.PROCESS_POSTED_INTERRUPTS, VmcsField.POSTED_INTERRUPT_NOTIFICATION_VECTOR,
                VmcsField.POSTED_INTERRUPT_DESCRIPTOR_ADDRESS);
        require(VmxControl.EPT_VIOLATION_VE, VmcsField.EPTP_INDEX,
                VmcsField.VIRTUALIZATION_EXCEPTION_INFORMATION_ADDRESS);
        require(VmxControl.ENABLE_HLAT, VmcsField.HLAT_PREFIX_SIZE, VmcsField.HLAT_POINTER);
        require(VmxControl.IPI_VIRTUALIZATION, VmcsField.LAST_PID_POINTER_INDEX, VmcsField.PID_POINTER_TABLE_ADDRESS);
        require(VmxControl.VIRTUAL_INTERRUPT_DELIVERY, VmcsField.GUEST_INTERRUPT_STATUS, VmcsField.EOI_EXIT_BITMAP_0,
                VmcsField.EOI_EXIT_BITMAP_1, VmcsField.EOI_EXIT_BITMAP_2, VmcsField.EOI_EXIT_BITMAP_3);
        require(VmxControl.ENABLE_PML, VmcsField.PML_INDEX, VmcsField.PML_ADDRESS);
        require(VmxControl.USE_TPR_SHADOW, VmcsField.TPR_THRESHOLD, VmcsField.VIRTUAL_APIC_ADDRESS);
        require(VmxControl.ACTIVATE_SECONDARY_CONTROLS, VmcsField.SECONDARY_PROCESSOR_BASED_VM_EXECUTION_CONTROLS);
        require(VmxControl.ACTIVATE_TERTIARY_CONTROLS, VmcsField.TERTIARY_PROCESSOR_BASED_VM_EXECUTION_CONTROLS);
        require(VmxControl.EXIT_ACTIVATE_SECONDARY_CONTROLS, VmcsField.SECONDARY_VM_EXIT_CONTROLS);
        require(VmxControl.PAUSE_LOOP_EXITING, VmcsField.PLE_GAP, VmcsField.PLE_WINDOW);
        require(VmxControl.INSTRUCTION_TIMEOUT, VmcsField.INSTRUCTION_TIMEOUT_CONTROL);
        require(VmxControl.VIRTUALIZE_IA32_SPEC_CTRL, VmcsField.IA32_SPEC_CTRL_MASK, VmcsField.IA32_SPEC_CTRL_SHADOW);
        require(VmxControl.ACTIVATE_VMX_PREEMPTION_TIMER, VmcsField.VMX_PREEMPTION_TIMER_VALUE);
    }

    private static void addresses() {
        require(VmxControl.USE_MSR_BITMAPS, VmcsField.ADDRESS_OF_MSR_BITMAPS);
        require(VmxControl.VIRTUALIZE_APIC_ACCESSES, VmcsField.APIC_ACCESS_ADDRESS);
        require(VmxControl.ENABLE_VM_FUNCTIONS, VmcsField.VM_FUNCTION_CONTROLS, VmcsField.EPTP_LIST_ADDRESS);
        require(VmxControl.ENABLE_EPT, VmcsField.EPT_POINTER, VmcsField.GUEST_PHYSICAL_ADDRESS, VmcsField.GUEST_PDPTE0,
                VmcsField.GUEST_PDPTE1, VmcsField.GUEST_PDPTE2, VmcsField.GUEST_PDPTE3);
        require(VmxControl.VMCS_SHADOWING, VmcsField.VMREAD_BITMAP_ADDRESS, VmcsField.VMWRITE_BITMAP_ADDRESS);
        require(VmxControl.ENABLE_XSAVES_XRSTORS, VmcsField.XSS_EXITING_BITMAP);
        require(VmxControl.ENABLE_ENCLS_EXITING, VmcsField.ENCLS_EXITING_BITMAP);
        require(VmxControl.ENABLE_ENCLV_EXITING, VmcsField.ENCLV_EXITING_BITMAP);
        require(VmxControl.ENABLE_PCONFIG, VmcsField.PCONFIG_EXITING_BITMAP);
        require(VmxControl.SUB_PAGE_WRITE_PERMISSIONS_FOR_EPT, VmcsField.SUB_PAGE_PERMISSION_TABLE_POINTER);
        require(VmxControl.USE_TSC_SCALING, VmcsField.TSC_MULTIPLIER);
        require(VmxControl.PASID_TRANSLATION, VmcsField.LOW_PASID_DIRECTORY_ADDRESS,
                VmcsField.HIGH_PASID_DIRECTORY_ADDRESS);
    }

    private static void guestAndHostState() {
        requireAny(List.of(VmxControl.ENTRY_LOAD_IA32_PAT, VmxControl.EXIT_SAVE_IA32_PAT), VmcsField.GUEST_IA32_PAT);
        requireAny(List.of(VmxControl.ENTRY_LOAD_IA32_EFER, VmxControl.EXIT_SAVE_IA32_EFER),
                VmcsField.GUEST_IA32_EFER);
        requireAny(List.of(VmxControl.ENTRY_LOAD_IA32_PERF_GLOBAL_CTRL, VmxControl.EXIT_SAVE_IA32_PERF_GLOBAL_CTRL),
                VmcsField.GUEST_IA32_PERF_GLOBAL_CTRL);
        requireAny(List.of(VmxControl.ENTRY_LOAD_IA32_BNDCFGS, VmxControl.EXIT_CLEAR_IA32_BNDCFGS),
                VmcsField.GUEST_IA32_BNDCFGS);
        requireAny(List.of(VmxControl.ENTRY_LOAD_IA32_RTIT_CTL, VmxControl.EXIT_CLEAR_IA32_RTIT_CTL),
                VmcsField.GUEST_IA32_RTIT_CTL);
        requireAny(List.of(VmxControl.ENTRY_LOAD_GUEST_IA32_LBR_CTL, VmxControl.EXIT_CLEAR_IA32_LBR_CTL),
                VmcsField.GUEST_IA32_LBR_CTL);
        requireAny(List.of(VmxControl.ENTRY_LOAD_UINV, VmxControl.EXIT_CLEAR_UINV), VmcsField.GUEST_UINV);
        require(VmxControl.ENTRY_LOAD_PKRS, VmcsField.GUEST_IA32_PKRS);
        require(VmxControl.EXIT_LOAD_IA32_PAT, VmcsField.HOST_IA32_PAT);
        require(VmxControl.EXIT_LOAD_IA32_EFER, VmcsField.HOST_IA32_EFER);
        require(VmxControl.EXIT_LOAD_IA32_PERF_GLOBAL_CTRL, VmcsField.HOST_IA32_PERF_GLOBAL_CTRL);
        require(VmxControl.EXIT_LOAD_PKRS, VmcsField.HOST_IA32_PKRS);
        require(VmxControl.ENTRY_LOAD_CET_STATE, VmcsField.GUEST_IA32_S_CET, VmcsField.GUEST_SSP,
                VmcsField.GUEST_IA32_INTERRUPT_SSP_TABLE_ADDR);
        require(VmxControl.EXIT_LOAD_CET_STATE, VmcsField.HOST_IA32_S_CET, VmcsField.HOST_SSP,
                VmcsField.HOST_IA32_INTERRUPT_SSP_TABLE_ADDR);
        requireAny(List.of(VmxControl.ENTRY_LOAD_FRED_STATE, VmxControl.EXIT_SAVE_FRED_STATE),
                VmcsField.GUEST_IA32_FRED_CONFIG, VmcsField.GUEST_IA32_FRED_RSP1, VmcsField.GUEST_IA32_FRED_RSP2,
                VmcsField.GUEST_IA32_FRED_RSP3, VmcsField.GUEST_IA32_FRED_STKLVLS, VmcsField.GUEST_IA32_FRED_SSP1,
                VmcsField.GUEST_IA32_FRED_SSP2, VmcsField.GUEST_IA32_FRED_SSP3, VmcsField.INJECTED_EVENT_DATA,
                VmcsField.ORIGINAL_EVENT_DATA);
        require(VmxControl.EXIT_LOAD_FRED_STATE, VmcsField.HOST_IA32_FRED_CONFIG, VmcsField.HOST_IA32_FRED_RSP1,
                VmcsField.HOST_IA32_FRED_RSP2, VmcsField.HOST_IA32_FRED_RSP3, VmcsField.HOST_IA32_FRED_STKLVLS,
                VmcsField.HOST_IA32_FRED_SSP1, VmcsField.HOST_IA32_FRED_SSP2, VmcsField.HOST_IA32_FRED_SSP3);
    }
}
