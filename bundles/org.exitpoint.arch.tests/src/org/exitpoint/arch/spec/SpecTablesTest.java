/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.exitpoint.arch.BitField;
import org.exitpoint.arch.Cr0;
import org.exitpoint.arch.Cr4;
import org.exitpoint.arch.Dr7;
import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.arch.Rflags;
import org.exitpoint.arch.msr.Msr;
import org.exitpoint.arch.vmx.ControlWord;
import org.exitpoint.arch.vmx.EptVpidCapability;
import org.exitpoint.arch.vmx.ExitReason;
import org.exitpoint.arch.vmx.InstructionError;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.arch.vmx.VmxBasic;
import org.exitpoint.arch.vmx.VmxControl;
import org.exitpoint.arch.vmx.VmxMisc;
import org.junit.jupiter.api.Test;

/** The tables against an independent transcription of the manual; every difference is listed with its reason. */
class SpecTablesTest {
    /** Fields of the FRED extension and of the instruction-timeout control, newer than the transcription. */
    private static final Set<String> NEWER_FIELDS = Arrays.stream(VmcsField.values()).map(Enum::name)
            .filter(name -> name.contains("FRED") || name.endsWith("EVENT_DATA")
                    || name.equals("INSTRUCTION_TIMEOUT_CONTROL"))
            .collect(Collectors.toSet());

    /** Exit reasons newer than the transcription. */
    private static final Set<ExitReason> NEWER_REASONS =
            Set.of(ExitReason.URDMSR, ExitReason.UWRMSR, ExitReason.RDMSR_IMMEDIATE, ExitReason.WRMSRNS_IMMEDIATE);

    private static final Set<VmxControl> NEWER_CONTROLS = Set.of(VmxControl.EXIT_SAVE_FRED_STATE,
            VmxControl.EXIT_LOAD_FRED_STATE, VmxControl.ENTRY_LOAD_FRED_STATE);

    @Test
    void everyVmcsFieldHasItsEncodingAndName() {
        Map<Long, String> expected = new TreeMap<>();
        SpecNode table = SpecNode.find(SpecNode.read("VMX/VMCS.yml"), "VMCS_FIELDS");
        SpecNode.walk(table.children(), "", (path, node) -> {
            if (node.has("value")) {
                expected.put(node.number("value"), plain(summary(node)));
            }
        });
        Map<Long, String> actual = new TreeMap<>();
        for (VmcsField field : VmcsField.values()) {
            if (!NEWER_FIELDS.contains(field.name())) {
                actual.put((long) field.encoding(), plain(field.title()));
            }
        }
        actual.put((long) VmcsField.HLAT_POINTER.encoding(), "hypervisormanagedlinearaddresstranslationpointer");
        actual.put((long) VmcsField.EPT_POINTER.encoding(), "eptpointer");
        actual.put((long) VmcsField.SHARED_EPT_POINTER.encoding(), "sharedeptpointer");
        expected.put((long) VmcsField.GUEST_UINV.encoding(), "guestuinv");
        assertThat(actual).isEqualTo(expected);
    }

    private static String summary(SpecNode node) {
        return node.scalars().getOrDefault("short_description", node.scalars().get("description"));
    }

    private static String plain(String title) {
        return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    @Test
    void everyExitReasonHasItsNumberAndName() {
        Map<String, String> renamed = Map.ofEntries(Map.entry("IO_SMI", "IO_SMI"), Map.entry("SMI", "OTHER_SMI"),
                Map.entry("RSM_IN_SMM", "RSM"), Map.entry("MOV_CRX", "CR_ACCESS"), Map.entry("MOV_DRX", "MOV_DR"),
                Map.entry("ERROR_INVALID_GUEST_STATE", "ENTRY_FAILURE_GUEST_STATE"),
                Map.entry("ERROR_MSR_LOAD", "ENTRY_FAILURE_MSR_LOADING"),
                Map.entry("ERROR_MACHINE_CHECK", "ENTRY_FAILURE_MACHINE_CHECK"),
                Map.entry("VMX_PREEMPTION_TIMER_EXPIRED", "PREEMPTION_TIMER"),
                Map.entry("WBINVD", "WBINVD_OR_WBNOINVD"), Map.entry("BUS_LOCK_ASSERTION", "BUS_LOCK"),
                Map.entry("ENQCMD", "ENQCMD_PASID_TRANSLATION_FAILURE"),
                Map.entry("ENQCMDS", "ENQCMDS_PASID_TRANSLATION_FAILURE"));
        Map<Long, String> expected = new TreeMap<>();
        for (SpecNode node : SpecNode.find(SpecNode.read("VMX/index.yml"), "BASIC_EXIT_REASONS").children()) {
            String name = node.name().replaceFirst("^EXECUTE_", "");
            expected.put(node.number("value"), renamed.getOrDefault(name, name));
        }
        Map<Long, String> actual = new TreeMap<>();
        for (ExitReason reason : ExitReason.values()) {
            if (!NEWER_REASONS.contains(reason)) {
                actual.put((long) reason.number(), reason.name());
            }
        }
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void everyInstructionErrorHasItsNumber() {
        Set<Long> expected = SpecNode.find(SpecNode.read("VMX/index.yml"), "INSTRUCTION_ERROR_NUMBERS").children()
                .stream().map(node -> node.number("value")).collect(Collectors.toSet());
        assertThat(Arrays.stream(InstructionError.values()).map(error -> (long) error.number())).hasSameElementsAs(
                expected);
    }

    @Test
    void everyControlHasItsBit() {
        List<SpecNode> msrs = SpecNode.read("ModelSpecificRegisters/ArchitecturalMsr.yml");
        Map<String, String> expected = new TreeMap<>();
        Map<String, String> actual = new TreeMap<>();
        for (ControlWord word : ControlWord.values()) {
            String msr = word.capability().name().replaceFirst("^IA32_", "");
            SpecNode.walk(SpecNode.find(msrs, msr).children(), "", (path, node) -> {
                if (node.has("bit")) {
                    expected.put(word + " " + node.number("bit"), words(node.name()));
                }
            });
            for (VmxControl control : word.controls()) {
                if (!NEWER_CONTROLS.contains(control)) {
                    actual.put(word + " " + control.bit(), words(control.title()));
                }
            }
        }
        assertThat(actual).containsOnlyKeys(expected.keySet());
        Map<String, String> differences = new TreeMap<>();
        actual.forEach((bit, name) -> {
            if (!name.contains(expected.get(bit)) && !expected.get(bit).contains(name)) {
                differences.put(bit, name + " / " + expected.get(bit));
            }
        });
        assertThat(differences).as("names that differ in more than a leading or trailing word")
                .isEqualTo(SPELLED_OTHERWISE);
    }

    private static final Map<String, String> SPELLED_OTHERWISE = Map.of(
            "ENTRY 21", "load guest lbr ctl / load lbr ctl",
            "ENTRY 9", "ia 32e mode guest / ia32e mode guest",
            "EXIT 30", "save perf global ctrl / save perf global ctl",
            "PRIMARY 24", "unconditional i o exiting / unconditional io exiting",
            "PRIMARY 25", "use i o bitmaps / use io bitmaps",
            "SECONDARY 26", "user wait and pause / user wait pause",
            "TERTIARY 6", "msr list instructions / rdmsrlist wrmsrlist");

    private static String words(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", " ").replaceFirst("^(enable|ia32) ", "")
                .replace("ia32 ", "").strip();
    }

    @Test
    void everyMsrOfTheSpecificationIsNamed() {
        Map<String, String> renamed = Map.of("MTRR_CAPABILITIES", "MTRRCAP", "BIOS_UPDATE_TRIGGER", "BIOS_UPDT_TRIG",
                "BIOS_UPDATE_SIGNATURE", "BIOS_SIGN_ID");
        Map<Long, String> expected = new TreeMap<>();
        Map<Long, String> actual = new TreeMap<>();
        SpecNode.walk(SpecNode.read("ModelSpecificRegisters/ArchitecturalMsr.yml"), "", (path, node) -> {
            if (node.has("value") && !node.name().matches(".*_(SIZE|COUNT)|STM_FEATURES_IA32E|MTRR_FIX\\d+K_BASE")) {
                long address = node.number("value");
                expected.put(address, "IA32_" + renamed.getOrDefault(node.name(), node.name()));
                actual.put(address, Msr.nameOf((int) address));
            }
        });
        assertThat(expected).hasSizeGreaterThan(300);
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void fieldsOfTheCapabilityMsrs() {
        assertCapability("VMX_BASIC", VmxBasic.values(), Set.of("56", "58"));
        assertCapability("VMX_EPT_VPID_CAP", EptVpidCapability.values(), Set.of("7"));
        assertCapability("VMX_MISC", VmxMisc.values(), Set.of());
    }

    private static void assertCapability(String msr, BitField[] fields, Set<String> newer) {
        Set<String> expected = new TreeSet<>(newer);
        SpecNode table = SpecNode.find(SpecNode.read("ModelSpecificRegisters/ArchitecturalMsr.yml"), msr);
        SpecNode.walk(table.children(), "", (path, node) -> {
            if (node.has("bit") && !node.name().equals("MUST_BE_ZERO")) {
                expected.addAll(msr.equals("VMX_MISC") && node.name().equals("ACTIVITY_STATES")
                        ? Set.of("6", "7", "8") : Set.of(range(node)));
            }
        });
        assertThat(Arrays.stream(fields).map(field -> field.range().toString())).as(msr)
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private static String range(SpecNode node) {
        String[] ends = node.scalars().get("bit").split("-");
        return ends.length == 1 ? ends[0] : ends[1] + ":" + ends[0];
    }

    @Test
    void bitsOfControlRegistersAndFlags() {
        assertBits("ControlRegisters/CR0.yml", "CR0", Cr0.values(), Map.of());
        assertBits("ControlRegisters/CR4.yml", "CR4", Cr4.values(), Map.of());
        assertBits("DebugRegisters/DR7.yml", "DR7", Dr7.values(), Map.of("10", "FIXED1"));
        assertBits("EFLAGS.yml", "RFLAGS", Rflags.values(), Map.of("1", "FIXED1", "21", "ID"));
    }

    private static void assertBits(String file, String register, BitField[] fields, Map<String, String> corrections) {
        Map<String, String> expected = new TreeMap<>();
        for (SpecNode node : SpecNode.find(SpecNode.read(file), register).children()) {
            expected.put(range(node), node.shortName());
        }
        expected.putAll(corrections);
        assertThat(Arrays.stream(fields).collect(Collectors.toMap(field -> field.range().toString(), BitField::name)))
                .as(register).isEqualTo(expected);
    }

    @Test
    void exceptionVectors() {
        Map<String, String> renamed = Map.of("COPROCESSOR_SEGMENT_OVERRUN", "COPROCESSOR_SEGMENT_OVERRUN");
        Map<Long, String> expected = new TreeMap<>();
        SpecNode.walk(SpecNode.read("Exceptions/ExceptionVector.yml"), "", (path, node) -> {
            if (node.has("value") && node.number("value") < 22) {
                expected.put(node.number("value"), renamed.getOrDefault(node.name(), node.shortName()));
            }
        });
        Map<Long, String> actual = new TreeMap<>();
        for (ExceptionVector exception : ExceptionVector.values()) {
            actual.put((long) exception.vector(), exception.name());
        }
        assertThat(actual).isEqualTo(expected);
    }
}
