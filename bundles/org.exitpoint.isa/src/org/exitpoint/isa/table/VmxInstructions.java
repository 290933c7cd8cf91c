/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.table;

import java.util.List;

import org.exitpoint.arch.CpuidFeature;
import org.exitpoint.arch.Cr4;
import org.exitpoint.isa.ops.Helper;
import org.exitpoint.isa.ops.Ops;
import org.exitpoint.isa.row.Preconditions;
import org.exitpoint.isa.row.Row;
import org.exitpoint.isa.row.Semantics;

import static org.exitpoint.isa.row.Operand.Em;
import static org.exitpoint.isa.row.Operand.Gm;
import static org.exitpoint.isa.row.Operand.M;
import static org.exitpoint.isa.row.Operand.Mq;
import static org.exitpoint.isa.row.Row.row;

/**
 * VMX instructions (SDM vol. 3, "VMX Instruction Reference"). A row raises #UD as the page's first step says; the
 * helper does the rest.
 */
final class VmxInstructions {
    private static final Row VMXON = row("VMXON", "Enter VMX Operation").feature(CpuidFeature.VMX).writesAllFlags()
        .requires(new Preconditions.EnabledByCr4(Cr4.VMXE)).requires(Preconditions::protectedMode)
        .requires(Preconditions::notCompatibilityMode).enc("F3 0F C7 /6", Mq).does(new OfRegion(Helper.VMXON));
    private static final Row VMXOFF = vmx("VMXOFF", "Leave VMX Operation").enc("NP 0F 01 C4")
        .does(new Alone(Helper.VMXOFF));
    private static final Row VMCLEAR = vmx("VMCLEAR", "Clear Virtual-Machine Control Structure")
        .enc("66 0F C7 /6", Mq).does(new OfRegion(Helper.VMCLEAR));
    private static final Row VMPTRLD = vmx("VMPTRLD", "Load Pointer to Virtual-Machine Control Structure")
        .enc("NP 0F C7 /6", Mq).does(new OfRegion(Helper.VMPTRLD));
    private static final Row VMPTRST = vmx("VMPTRST", "Store Pointer to Virtual-Machine Control Structure")
        .enc("NP 0F C7 /7", Mq).does(new OfRegion(Helper.VMPTRST));
    private static final Row VMREAD = vmx("VMREAD", "Read Field from Virtual-Machine Control Structure")
        .enc("NP 0F 78 /r", Em, Gm).does(VmxInstructions::vmread);
    private static final Row VMWRITE = vmx("VMWRITE", "Write Field to Virtual-Machine Control Structure")
        .enc("NP 0F 79 /r", Gm, Em).does(VmxInstructions::vmwrite);
    private static final Row VMLAUNCH = vmx("VMLAUNCH", "Launch/Resume Virtual Machine").enc("NP 0F 01 C2")
        .does(new Entry(Helper.VMLAUNCH));
    private static final Row VMRESUME = vmx("VMRESUME", "Launch/Resume Virtual Machine").enc("NP 0F 01 C3")
        .does(new Entry(Helper.VMRESUME));
    private static final Row VMCALL = row("VMCALL", "Call to VM Monitor").feature(CpuidFeature.VMX).writesAllFlags()
        .requires(Preconditions::vmxOperation).enc("NP 0F 01 C1").does(new Alone(Helper.VMCALL));
    private static final Row VMFUNC = row("VMFUNC", "Invoke VM function").feature(CpuidFeature.VMX).enc("NP 0F 01 D4")
        .does(new Alone(Helper.VMFUNC));
    private static final Row INVEPT = vmx("INVEPT", "Invalidate Translations Derived from EPT")
        .enc("66 0F 38 80 /r", Gm, M).does(new Invalidation(Helper.INVEPT));
    private static final Row INVVPID = vmx("INVVPID", "Invalidate Translations Based on VPID")
        .enc("66 0F 38 81 /r", Gm, M).does(new Invalidation(Helper.INVVPID));

    static final List<Row> ROWS = List.of(VMXON, VMXOFF, VMCLEAR, VMPTRLD, VMPTRST, VMREAD, VMWRITE, VMLAUNCH, VMRESUME,
        VMCALL, VMFUNC, INVEPT, INVVPID);

    private VmxInstructions() {
    }

    private static Row.Builder vmx(String mnemonic, String title) {
        return row(mnemonic, title).feature(CpuidFeature.VMX).writesAllFlags().requires(Preconditions::vmxOperation)
            .requires(Preconditions::protectedMode).requires(Preconditions::notCompatibilityMode);
    }

    private record Alone(Helper helper) implements Semantics {
        @Override
        public <V> void apply(Ops<V> o) {
            o.helper(helper);
            o.endBlock();
        }
    }

    private record Entry(Helper helper) implements Semantics {
        @Override
        public <V> void apply(Ops<V> o) {
            o.helper(helper);
            o.transferred();
        }
    }

    private record OfRegion(Helper helper) implements Semantics {
        @Override
        public <V> void apply(Ops<V> o) {
            o.helper(helper, o.effectiveAddress(0));
            o.endBlock();
        }
    }

    private record Invalidation(Helper helper) implements Semantics {
        @Override
        public <V> void apply(Ops<V> o) {
            o.helper(helper, o.read(0), o.effectiveAddress(1));
            o.endBlock();
        }
    }

    private static <V> void vmread(Ops<V> o) {
        V encoding = o.read(1);
        if (o.isMemory(0)) {
            o.helper(Helper.VMREAD_TO_MEMORY, encoding, o.effectiveAddress(0));
        } else {
            o.helper(Helper.VMREAD_TO_REGISTER, encoding);
        }
    }

    private static <V> void vmwrite(Ops<V> o) {
        V encoding = o.read(0);
        if (o.isMemory(1)) {
            o.helper(Helper.VMWRITE_FROM_MEMORY, encoding, o.effectiveAddress(1));
        } else {
            o.helper(Helper.VMWRITE_FROM_REGISTER, encoding, o.read(1));
        }
    }
}
