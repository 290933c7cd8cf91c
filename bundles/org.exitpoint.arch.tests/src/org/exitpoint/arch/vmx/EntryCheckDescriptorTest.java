/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.exitpoint.arch.SegmentRegister;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EntryCheckDescriptorTest {
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

    static Stream<EntryCheckDescriptor> all() {
        return EntryCheckDescriptor.all().stream();
    }

    @Test
    void namesAndRulesAreUnique() {
        assertThat(all().map(EntryCheckDescriptor::name)).doesNotHaveDuplicates().hasSizeGreaterThan(300);
        assertThat(all().map(check -> check.section() + check.rule())).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("all")
    void isASentenceWithRemedyAndCitation(EntryCheckDescriptor check) {
        assertThat(check.rule()).endsWith(".").contains(" must ").doesNotContain("%");
        assertThat(check.remedy()).endsWith(".");
        assertThat(check.citation().title()).isNotBlank();
        assertThat(check.reads()).doesNotHaveDuplicates();
        assertThat(check.reads().isEmpty()).isEqualTo(check instanceof MsrLoadCheck);
    }

    /** A rule that depends on a control reads the word that holds it, and that word's activation. */
    @ParameterizedTest
    @MethodSource("all")
    void readsTheControlsItsRuleNames(EntryCheckDescriptor check) {
        Set<String> names = Arrays.stream(VmxControl.values())
                .map(control -> control.title().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        Matcher quoted = QUOTED.matcher(check.rule());
        while (quoted.find()) {
            String name = quoted.group(1).toLowerCase(Locale.ROOT);
            if (name.equals("eptp switching") || name.equals("monitor trap flag")) {
                continue;
            }
            assertThat(names).contains(name);
            assertThat(Arrays.stream(VmxControl.values()).filter(c -> c.title().equalsIgnoreCase(name))
                    .map(c -> c.word().field())).as(name).anyMatch(check.reads()::contains);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void readsFieldsThatItsKindIsAbout(EntryCheckDescriptor check) {
        Set<VmcsField.Area> areas = check.reads().stream().map(VmcsField::area)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(VmcsField.Area.class)));
        assertThat(areas).doesNotContain(VmcsField.Area.EXIT_INFORMATION);
        switch (check) {
            case ControlCheck _ -> assertThat(areas).doesNotContain(VmcsField.Area.HOST_STATE);
            case HostStateCheck _ -> assertThat(areas).doesNotContain(VmcsField.Area.GUEST_STATE);
            case GuestStateCheck _ -> assertThat(areas).contains(VmcsField.Area.GUEST_STATE)
                    .doesNotContain(VmcsField.Area.HOST_STATE);
            case MsrLoadCheck _ -> assertThat(areas).isEmpty();
        }
    }

    @Test
    void everyGuestAndHostFieldIsReadByACheckOrHasNone() {
        Set<VmcsField> unchecked = EnumSet.allOf(VmcsField.class);
        unchecked.removeIf(f -> f.area() == VmcsField.Area.CONTROL || f.area() == VmcsField.Area.EXIT_INFORMATION);
        all().map(EntryCheckDescriptor::reads).forEach(unchecked::removeAll);
        assertThat(unchecked).containsExactlyInAnyOrder(VmcsField.GUEST_INTERRUPT_STATUS, VmcsField.PML_INDEX,
                VmcsField.GUEST_SMBASE, VmcsField.GUEST_IA32_SYSENTER_CS, VmcsField.VMX_PREEMPTION_TIMER_VALUE,
                VmcsField.GUEST_RSP, VmcsField.GUEST_IA32_FRED_STKLVLS, VmcsField.HOST_IA32_FRED_STKLVLS,
                VmcsField.HOST_IA32_SYSENTER_CS, VmcsField.HOST_RSP);
    }

    @Test
    void segmentChecksNameTheirRuleAndRegister() {
        for (GuestStateCheck check : GuestStateCheck.values()) {
            boolean ofSegment = check.section() == EntryCheckSection.GUEST_SEGMENTS;
            assertThat(check.segmentRule() != null).isEqualTo(ofSegment);
            if (ofSegment) {
                assertThat(check.name()).isEqualTo("GUEST_" + check.segment() + "_" + check.segmentRule());
                assertThat(check.rule()).contains(check.segment().name());
            }
        }
        assertThat(GuestStateCheck.GUEST_CS_CODE_DPL_CONFORMING.segment()).isEqualTo(SegmentRegister.CS);
    }

    @Test
    void theKindFixesTheConsequence() {
        assertThat(ControlCheck.VPID_ZERO.consequence().error().number()).isEqualTo(7);
        assertThat(HostStateCheck.HOST_CR3_WIDTH.consequence().error().number()).isEqualTo(8);
        assertThat(GuestStateCheck.GUEST_CR3_WIDTH.consequence().exit().number()).isEqualTo(33);
        assertThat(MsrLoadCheck.MSR_ENTRY_FS_BASE.consequence().exit().number()).isEqualTo(34);
        assertThat(GuestStateCheck.GUEST_PDPTE2_RESERVED_BITS.qualification().encode()).isEqualTo(2);
        assertThat(GuestStateCheck.LINK_POINTER_WIDTH.qualification().encode()).isEqualTo(4);
        assertThat(GuestStateCheck.GUEST_CR4_FIXED_BITS.qualification().encode()).isZero();
    }

    @Test
    void citesTheTitlesOfTheManual() {
        assertThat(GuestStateCheck.GUEST_CR4_FIXED_BITS.citation().title())
                .isEqualTo("Checks on Guest Control Registers, Debug Registers, and MSRs");
    }
}
