/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import java.util.Set;

import org.exitpoint.arch.CpuidFeature;
import org.exitpoint.arch.msr.Msr;
import org.exitpoint.arch.vmx.ControlWord;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.arch.vmx.VmcsLayout;
import org.exitpoint.arch.vmx.VmxControl;
import org.exitpoint.cpu.Processor;
import org.exitpoint.cpu.cpuid.CpuModel;
import org.exitpoint.cpu.cpuid.CpuModels;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.MsrSlots;
import org.exitpoint.isa.decode.Decoder;
import org.exitpoint.isa.ops.Helper;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.shape.CodeMode;
import org.exitpoint.isa.shape.Instruction;
import org.exitpoint.mmu.format.PagingFeatures;
import org.exitpoint.mmu.memory.FlatPhysicalMemory;
import org.exitpoint.virt.vmx.capability.ImplementedControls;
import org.exitpoint.virt.vmx.capability.VmxCapabilities;
import org.exitpoint.virt.vmx.capability.VmxModel;
import org.exitpoint.virt.vmx.vmcs.Vmcs;
import org.exitpoint.virt.vmx.vmcs.VmcsTable;

/**
 * A processor in 64-bit mode at privilege level 0 with identity-mapped memory, on which tests put up VMX state by hand:
 * no code runs, instructions are decoded from bytes and their helpers called.
 */
final class VmxMachine implements AutoCloseable {
    static final long RAM = 8 << 20;
    static final long SPAN = 16 << 20;
    static final long PML4 = 0x1000;
    static final long VMXON_REGION = 0x10_0000;
    static final long VMCS = 0x10_1000;
    static final long OTHER_VMCS = 0x10_2000;
    static final long IO_BITMAP_A = 0x11_0000;
    static final long IO_BITMAP_B = 0x11_1000;
    static final long MSR_BITMAPS = 0x11_2000;
    static final long EPT = 0x12_0000;
    static final long OPERAND = 0x20_0000;
    static final long HOST_ENTRY = 0x30_0000;
    static final long HOST_STACK = 0x31_0000;
    static final long GUEST_CODE = 0x40_0000;
    static final long GUEST_STACK = 0x41_0000;
    static final long CR0 = 0x8001_0031L;
    static final long CR4 = 0x2020L;
    static final long EFER = 0xD01;
    static final long CF = 1;
    static final long ZF = 1 << 6;
    static final long STATUS_FLAGS = 0x8D5;

    private static final long PDPT = 0x2000;
    private static final long PRESENT_WRITABLE = 3;
    private static final long PRESENT_WRITABLE_LARGE = 0x83;

    final FlatPhysicalMemory memory = new FlatPhysicalMemory(SPAN);
    final FakeClock clock = new FakeClock();
    final VmcsTable table = new VmcsTable();
    final Processor processor;
    final GuestState state;
    final VmxCapabilities capabilities;
    final Vmx vmx;
    private final Decoder decoder = new Decoder();

    VmxMachine() {
        this(ImplementedControls.ALL);
    }

    VmxMachine(Set<VmxControl> controls) {
        memory.addRam(0, RAM);
        CpuModel model = CpuModels.parse("max", Set.of(CpuidFeature.VMX));
        capabilities = new VmxCapabilities(model(model), controls);
        processor = new Processor(new Processor.Connections(0, 1, memory, new FakeBus(), clock, model, 1),
                core -> new FakeInterrupts(), core -> new Vmx(core, capabilities, table));
        vmx = (Vmx) processor.virtualization();
        state = processor.state();
        mapIdentity();
        enterLongMode();
    }

    static VmxModel model(CpuModel model) {
        return VmxModel.of(model, new PagingFeatures(model.physicalAddressBits(), true, 3, true));
    }

    private void mapIdentity() {
        memory.write(PML4, 8, PDPT | PRESENT_WRITABLE | 4);
        memory.write(PDPT, 8, PRESENT_WRITABLE_LARGE | 4);
    }

    private void enterLongMode() {
        state.set(GuestState.CR0, CR0);
        state.set(GuestState.CR3, PML4);
        state.set(GuestState.CR4, CR4);
        state.set(GuestState.EFER, EFER);
        state.setSegment(GuestState.CS, 8, 0, 0xFFFF_FFFFL, 0xA09B);
        for (int data : new int[] {0, 2, 3, 4, 5}) {
            state.setSegment(data, 0x10, 0, 0xFFFF_FFFFL, 0xC093);
        }
        state.setSegment(GuestState.LDTR, 0, 0, 0, 0x1_0000);
        state.setSegment(GuestState.TR, 0x18, 0x5000, 0x67, 0x8B);
        state.setRip(0x7000);
        state.set(MsrSlots.offset(Msr.IA32_FEATURE_CONTROL), 5);
        processor.stateReplaced();
    }

    /** Decodes an instruction in 64-bit mode. */
    Instruction decode(int... code) {
        byte[] bytes = new byte[code.length];
        for (int i = 0; i < code.length; i++) {
            bytes[i] = (byte) code[i];
        }
        return decoder.decode(bytes, 0, bytes.length, CodeMode.BITS64, Width.I64);
    }

    /** Runs a helper of an instruction whose memory operand is at {@link #OPERAND}. */
    void execute(Helper helper, long first, long second) {
        vmx.execute(helper, decode(bytes(helper)), first, second);
    }

    /** Encodings with the memory operand [RAX], or the registers RAX and RCX. */
    static int[] bytes(Helper helper) {
        return switch (helper) {
            case VMXON -> new int[] {0xF3, 0x0F, 0xC7, 0x30};
            case VMXOFF -> new int[] {0x0F, 0x01, 0xC4};
            case VMCLEAR -> new int[] {0x66, 0x0F, 0xC7, 0x30};
            case VMPTRLD -> new int[] {0x0F, 0xC7, 0x30};
            case VMPTRST -> new int[] {0x0F, 0xC7, 0x38};
            case VMREAD_TO_REGISTER -> new int[] {0x0F, 0x78, 0xC8};
            case VMREAD_TO_MEMORY -> new int[] {0x0F, 0x78, 0x08};
            case VMWRITE_FROM_REGISTER -> new int[] {0x0F, 0x79, 0xC8};
            case VMWRITE_FROM_MEMORY -> new int[] {0x0F, 0x79, 0x08};
            case VMLAUNCH -> new int[] {0x0F, 0x01, 0xC2};
            case VMRESUME -> new int[] {0x0F, 0x01, 0xC3};
            case VMCALL -> new int[] {0x0F, 0x01, 0xC1};
            case VMFUNC -> new int[] {0x0F, 0x01, 0xD4};
            case INVEPT -> new int[] {0x66, 0x0F, 0x38, 0x80, 0x08};
            case INVVPID -> new int[] {0x66, 0x0F, 0x38, 0x81, 0x08};
            default -> throw new IllegalArgumentException(helper.name());
        };
    }

    /** Writes the revision identifier to a region. */
    void prepareRegion(long address) {
        memory.write(address, 4, VmcsLayout.REVISION_IDENTIFIER);
    }

    /** Executes a region instruction with a pointer in memory. */
    void region(Helper helper, long pointer) {
        memory.write(OPERAND, 8, pointer);
        execute(helper, OPERAND, 0);
    }

    /** Enters VMX operation. */
    VmxMachine vmxon() {
        prepareRegion(VMXON_REGION);
        region(Helper.VMXON, VMXON_REGION);
        return this;
    }

    /** Enters VMX operation and makes {@link #VMCS} current, with no field written. */
    Vmcs load() {
        vmxon();
        prepareRegion(VMCS);
        region(Helper.VMCLEAR, VMCS);
        region(Helper.VMPTRLD, VMCS);
        return vmx.currentVmcs();
    }

    /** As {@link #load}, with fields that VM entry accepts: a guest in 64-bit mode that shares the host's tables. */
    Vmcs loadValid() {
        Vmcs vmcs = load();
        for (ControlWord word : new ControlWord[] {ControlWord.PIN_BASED, ControlWord.PRIMARY, ControlWord.EXIT,
            ControlWord.ENTRY}) {
            vmcs.set(word.field(), capabilities.mustBe1(word));
        }
        set(VmxControl.EXIT_HOST_ADDRESS_SPACE_SIZE, VmxControl.ENTRY_IA_32E_MODE_GUEST);
        ValidState.host(vmcs);
        ValidState.guest(vmcs);
        return vmcs;
    }

    /** Sets controls of the current VMCS, and those that activate them. */
    void set(VmxControl... controls) {
        for (VmxControl control : controls) {
            VmcsField field = control.word().field();
            vmx.currentVmcs().set(field, vmx.currentVmcs().get(field) | control.mask());
            if (control.word() == ControlWord.SECONDARY) {
                set(VmxControl.ACTIVATE_SECONDARY_CONTROLS);
            }
        }
    }

    /** Clears controls of the current VMCS. */
    void clear(VmxControl... controls) {
        for (VmxControl control : controls) {
            VmcsField field = control.word().field();
            vmx.currentVmcs().set(field, vmx.currentVmcs().get(field) & ~control.mask());
        }
    }

    /** VMLAUNCH at instruction pointer 7000H. */
    void launch() {
        execute(Helper.VMLAUNCH, 0, 0);
    }

    /** The status flags. */
    long flags() {
        return state.rflags() & STATUS_FLAGS;
    }

    /** 0 outside VMX operation, 1 in root, 2 in non-root operation. */
    int operation() {
        return state.get8(GuestState.VMX_OPERATION);
    }

    /** The VM-instruction error field. */
    long error() {
        return vmx.currentVmcs().get(VmcsField.VM_INSTRUCTION_ERROR);
    }

    @Override
    public void close() {
        processor.close();
        memory.close();
    }
}
