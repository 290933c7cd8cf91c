/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.exitpoint.arch.CpuidFeature;
import org.exitpoint.arch.vmx.ControlCheck;
import org.exitpoint.arch.vmx.ControlWord;
import org.exitpoint.arch.vmx.EntryCheckDescriptor;
import org.exitpoint.arch.vmx.GuestStateCheck;
import org.exitpoint.arch.vmx.HostStateCheck;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.arch.vmx.VmxControl;
import org.exitpoint.cpu.cpuid.CpuModels;
import org.exitpoint.mmu.format.PagingFeatures;
import org.exitpoint.mmu.memory.FlatPhysicalMemory;
import org.exitpoint.virt.vmx.ValidState;
import org.exitpoint.virt.vmx.capability.VmxCapabilities;
import org.exitpoint.virt.vmx.capability.VmxModel;
import org.exitpoint.virt.vmx.vmcs.Vmcs;
import org.exitpoint.virt.vmx.vmcs.VmcsTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Every check, satisfied and not, by states written down from the manual. */
class EntryCheckerTest {
    /** What never fails on this processor: it has accessed and dirty flags for EPT; it has no SMM. */
    private static final Set<EntryCheckDescriptor> ALWAYS_HOLD =
            Set.of(ControlCheck.EPTP_ACCESSED_DIRTY, GuestStateCheck.LINK_POINTER_VMXON_POINTER);
    /** What the table cannot say, because it is about the processor that enters; tested below. */
    private static final Set<EntryCheckDescriptor> OF_LEGACY_MODE =
            Set.of(HostStateCheck.LEGACY_MODE_IA32E_GUEST, HostStateCheck.LEGACY_MODE_HOST_SIZE);
    private static final long VMCS = 0x10_1000;
    private static final long IA32E = 0x500;

    private final FlatPhysicalMemory memory = new FlatPhysicalMemory(1 << 21);
    private final VmxCapabilities capabilities = new VmxCapabilities(VmxModel.of(
            CpuModels.parse("max", Set.of(CpuidFeature.VMX)), new PagingFeatures(46, true, 3, true)),
            EnumSet.allOf(VmxControl.class));
    private final EntryChecker checker = new EntryChecker();
    private final Vmcs vmcs;

    EntryCheckerTest() {
        memory.addRam(0, 1 << 21);
        vmcs = new Vmcs(memory, new VmcsTable().at(VMCS));
    }

    @AfterEach
    void close() {
        memory.close();
    }

    static List<CheckCase> cases() {
        List<CheckCase> cases = new ArrayList<>();
        for (String file : new String[] {"control-checks.txt", "host-checks.txt", "guest-checks.txt"}) {
            cases.addAll(CheckCase.parse(read(file)));
        }
        for (CheckCase rule : CheckCase.parse(read("segment-checks.txt"))) {
            for (GuestStateCheck check : GuestStateCheck.values()) {
                if (check.segmentRule() != null && check.segmentRule().name().equals(rule.check())) {
                    String register = "GUEST_" + check.segment();
                    cases.add(new CheckCase(check.name(), rule.setup().replace("%R", register),
                            rule.good().replace("%R", register), rule.bad().replace("%R", register)));
                }
            }
        }
        return cases;
    }

    private static String read(String file) {
        try (InputStream in = EntryCheckerTest.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EntryCheckDescriptor named(String name) {
        return Stream.of(ControlCheck.values(), HostStateCheck.values(), GuestStateCheck.values())
                .flatMap(Stream::of).map(EntryCheckDescriptor.class::cast).filter(check -> check.name().equals(name))
                .findFirst().orElseThrow(() -> new IllegalArgumentException(name));
    }

    private List<EntryCheckDescriptor> failures(String... words) {
        valid();
        for (String each : words) {
            CheckCase.apply(each, vmcs, memory);
        }
        return checker.failures(entry(IA32E));
    }

    private void valid() {
        for (ControlWord word : new ControlWord[] {ControlWord.PIN_BASED, ControlWord.PRIMARY, ControlWord.EXIT,
            ControlWord.ENTRY}) {
            vmcs.set(word.field(), capabilities.mustBe1(word));
        }
        CheckCase.apply("+EXIT_HOST_ADDRESS_SPACE_SIZE +ENTRY_IA_32E_MODE_GUEST", vmcs, memory);
        ValidState.host(vmcs);
        ValidState.guest(vmcs);
    }

    private EntryState entry(long efer) {
        return new EntryState(vmcs, capabilities, memory, efer, 0x10_0000);
    }

    @Test
    void theValidStateFailsNothing() {
        assertThat(failures()).isEmpty();
        assertThat(checker.firstFailure(entry(IA32E))).isNull();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aCheckFailsExactlyForWhatTheManualForbids(CheckCase each) {
        EntryCheckDescriptor check = named(each.check());
        assertThat(failures(each.setup(), each.good())).as("satisfied").doesNotContain(check);
        assertThat(failures(each.setup(), each.bad())).as("not satisfied").contains(check);
    }

    @Test
    void everyCheckHasACase() {
        Set<EntryCheckDescriptor> covered = new HashSet<>(ALWAYS_HOLD);
        covered.addAll(OF_LEGACY_MODE);
        cases().forEach(each -> covered.add(named(each.check())));
        assertThat(covered).containsExactlyInAnyOrderElementsOf(checker.list());
    }

    @Test
    void checksOnTheModeThatIsEnteredFrom() {
        assertThat(failures()).doesNotContainAnyElementsOf(OF_LEGACY_MODE);
        valid();
        assertThat(checker.failures(entry(0))).containsAll(OF_LEGACY_MODE);
        CheckCase.apply("-EXIT_HOST_ADDRESS_SPACE_SIZE -ENTRY_IA_32E_MODE_GUEST", vmcs, memory);
        assertThat(checker.failures(entry(0))).doesNotContainAnyElementsOf(OF_LEGACY_MODE)
                .doesNotContain(HostStateCheck.IA32E_MODE_HOST_SIZE);
    }

    @Test
    void unusableRegistersAreNotChecked() {
        assertThat(failures("GUEST_ES_ACCESS_RIGHTS=1FFFF GUEST_ES_LIMIT=123 GUEST_ES_BASE=FFFFFFFFFFFFFFFF",
                "GUEST_LDTR_ACCESS_RIGHTS=1FFFF GUEST_LDTR_SELECTOR=4 GUEST_LDTR_BASE=800000000000")).isEmpty();
        assertThat(failures("GUEST_FS_ACCESS_RIGHTS=10000 GUEST_FS_BASE=800000000000"))
                .containsExactly(GuestStateCheck.GUEST_FS_CANONICAL_BASE);
    }

    @Test
    void virtual8086RegistersAreCheckedByTheirOwnRulesOnly() {
        StringBuilder state = new StringBuilder("GUEST_RFLAGS=20202 -ENTRY_IA_32E_MODE_GUEST GUEST_CR4=2000");
        for (String register : new String[] {"ES", "CS", "SS", "DS", "FS", "GS"}) {
            state.append(" GUEST_%1$s_SELECTOR=1003 GUEST_%1$s_BASE=10030 GUEST_%1$s_LIMIT=FFFF".formatted(register))
                    .append(" GUEST_%s_ACCESS_RIGHTS=F3".formatted(register));
        }
        assertThat(failures(state.toString())).isEmpty();
    }

    @Test
    void explanationsCarryFieldsAndValues() {
        failures("GUEST_CR4=20");
        assertThat(checker.explain(entry(IA32E))).singleElement().satisfies(failure -> {
            assertThat(failure.check()).isEqualTo(GuestStateCheck.GUEST_CR4_FIXED_BITS);
            assertThat(failure.values()).containsExactly(new CheckFailure.Value(VmcsField.GUEST_CR4, 0x20));
        });
    }
}
