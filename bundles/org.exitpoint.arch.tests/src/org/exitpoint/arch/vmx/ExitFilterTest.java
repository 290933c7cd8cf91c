/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.EnumMap;
import java.util.Map;
import org.exitpoint.arch.GeneralRegister;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExitFilterTest {
    private static ExitKey key(ExitReason reason, ExitAttribute attribute, long value) {
        return new ExitKey(reason, Map.of(attribute, value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CPUID", "IO_INSTRUCTION:port=0x3f8", "EPT_VIOLATION:gpa=0x1000-0x1fff", "CR_ACCESS:cr=0x0",
        "EXCEPTION_OR_NMI:vector=0xe", "RDMSR:msr=0x10", "CPUID:leaf=0x7,subleaf=0x0-0x1",
        "EPT_VIOLATION:gpa=0xffffffffffff0000-0xffffffffffffffff"})
    void isWrittenAsItIsRead(String text) {
        assertThat(ExitFilter.parse(text)).hasToString(text);
    }

    @Test
    void readsNamesDecimalsAndEitherCase() {
        assertThat(ExitFilter.parse("rdmsr:MSR=ia32_efer")).hasToString("RDMSR:msr=0xc0000080");
        assertThat(ExitFilter.parse("EXCEPTION_OR_NMI : vector = #PF")).hasToString("EXCEPTION_OR_NMI:vector=0xe");
        assertThat(ExitFilter.parse("VMREAD:field=GUEST_RIP")).hasToString("VMREAD:field=0x681e");
        assertThat(ExitFilter.parse("IO_INSTRUCTION:port=1016")).hasToString("IO_INSTRUCTION:port=0x3f8");
    }

    @Test
    void selectsByReasonAndRange() {
        ExitFilter filter = ExitFilter.parse("EPT_VIOLATION:gpa=0x1000-0x1fff");
        assertThat(filter.matches(key(ExitReason.EPT_VIOLATION, ExitAttribute.GPA, 0x1000))).isTrue();
        assertThat(filter.matches(key(ExitReason.EPT_VIOLATION, ExitAttribute.GPA, 0x1fff))).isTrue();
        assertThat(filter.matches(key(ExitReason.EPT_VIOLATION, ExitAttribute.GPA, 0x2000))).isFalse();
        assertThat(filter.matches(key(ExitReason.EPT_VIOLATION, ExitAttribute.GPA, 0xfff))).isFalse();
        assertThat(filter.matches(key(ExitReason.EPT_MISCONFIGURATION, ExitAttribute.GPA, 0x1000))).isFalse();
        assertThat(filter.matches(new ExitKey(ExitReason.EPT_VIOLATION, Map.of()))).isFalse();
        ExitFilter unsigned = ExitFilter.parse("INVLPG:linear=0x7fffffffffffffff-0x8000000000000000");
        assertThat(unsigned.matches(key(ExitReason.INVLPG, ExitAttribute.LINEAR, Long.MIN_VALUE))).isTrue();
        assertThat(unsigned.matches(key(ExitReason.INVLPG, ExitAttribute.LINEAR, -1))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "CPIUD | there is no exit reason \"CPIUD\"; did you mean CPUID?",
        "~~ | there is no exit reason \"\"",
        "IO_INSTRUCTION:prot=1 | exits of reason IO_INSTRUCTION have no key \"prot\": it has port",
        "HLT:leaf=1 | exits of reason HLT have no key \"leaf\": it has none",
        "CPUID:leaf | \"leaf\" is not of the form key=value",
        "CPUID: | \"\" is not of the form key=value",
        "CPUID:leaf=one | \"one\" is not a leaf of CPUID",
        "RDMSR:msr=IA32_EFFER | \"IA32_EFFER\" is not the address or name of an MSR; did you mean IA32_EFER?",
        "CPUID:leaf=5-3 | the range 0x5-0x3 of leaf is empty: its ends are swapped"})
    void saysWhatIsWrong(String text, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> ExitFilter.parse(text)).withMessage(message);
    }

    @Test
    void keysComeFromTheVmcs() {
        Map<VmcsField, Long> vmcs = new EnumMap<>(VmcsField.class);
        vmcs.put(VmcsField.EXIT_REASON, ExitReason.CPUID.field());
        ExitKey cpuid = ExitKey.of(field -> vmcs.getOrDefault(field, 0L),
                register -> register == GeneralRegister.RAX ? 0xffff_ffff_0000_0007L : 1);
        assertThat(cpuid).hasToString("CPUID:leaf=0x7,subleaf=0x1");
        assertThat(cpuid.category()).hasToString("CPUID:leaf=0x7");

        vmcs.put(VmcsField.EXIT_REASON, ExitReason.IO_INSTRUCTION.field());
        vmcs.put(VmcsField.EXIT_QUALIFICATION, new IoInstruction(1, false, false, false, false, 0x3f8).encode());
        assertThat(ExitKey.of(field -> vmcs.getOrDefault(field, 0L), register -> 0))
                .hasToString("IO_INSTRUCTION:port=0x3f8");

        vmcs.put(VmcsField.EXIT_REASON, ExitReason.VMREAD.field());
        vmcs.put(VmcsField.VM_EXIT_INSTRUCTION_INFORMATION,
                InstructionInfo.ofVmreadVmwrite(null, GeneralRegister.RAX, GeneralRegister.RDX).encode());
        assertThat(ExitKey.of(field -> vmcs.getOrDefault(field, 0L),
                register -> register == GeneralRegister.RDX ? VmcsField.GUEST_RIP.encoding() : 0))
                .hasToString("VMREAD:field=0x681e");

        vmcs.put(VmcsField.EXIT_REASON, ExitReason.EXCEPTION_OR_NMI.field());
        vmcs.put(VmcsField.VM_EXIT_INTERRUPTION_INFORMATION,
                new InterruptionInfo(14, InterruptionInfo.Type.HARDWARE_EXCEPTION, true, false).encode());
        assertThat(ExitKey.of(field -> vmcs.getOrDefault(field, 0L), register -> 0))
                .hasToString("EXCEPTION_OR_NMI:vector=0xe");

        vmcs.put(VmcsField.EXIT_REASON, 35L);
        assertThat(ExitKey.of(field -> vmcs.getOrDefault(field, 0L), register -> 0)).isNull();
    }
}
