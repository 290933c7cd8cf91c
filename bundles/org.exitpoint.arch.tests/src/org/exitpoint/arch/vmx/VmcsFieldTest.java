/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.exitpoint.arch.SegmentRegister;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VmcsFieldTest {
    @ParameterizedTest
    @EnumSource
    void isFoundByItsEncodings(VmcsField field) {
        assertThat(VmcsField.decode(field.encoding())).isEqualTo(new VmcsField.Component(field, false));
        VmcsField.Component high = VmcsField.decode(field.encoding() | 1);
        assertThat(high).isEqualTo(field.hasHighAccess() ? new VmcsField.Component(field, true) : null);
        assertThat(VmcsField.find(field.encoding() | 1L << 32)).isNull();
        assertThat(VmcsField.find(field.encoding() | 1L << 12)).isNull();
        assertThat(VmcsField.find(field.encoding() | 1L << 15)).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void isNamedAsTheManualDoes(VmcsField field) {
        Map<String, String> abbreviated = Map.of(
                "VIRTUAL_PROCESSOR_IDENTIFIER_VPID", "VIRTUAL_PROCESSOR_IDENTIFIER",
                "EPT_POINTER_EPTP", "EPT_POINTER", "SHARED_EPT_POINTER_SEPTP", "SHARED_EPT_POINTER",
                "HYPERVISOR_MANAGED_LINEAR_ADDRESS_TRANSLATION_POINTER_HLATP", "HLAT_POINTER",
                "VM_ENTRY_INTERRUPTION_INFORMATION_FIELD", "VM_ENTRY_INTERRUPTION_INFORMATION",
                "IDT_VECTORING_INFORMATION_FIELD", "IDT_VECTORING_INFORMATION");
        String name = field.title().toUpperCase(Locale.ROOT).replace("I/O", "IO").replaceAll("[^A-Z0-9]+", "_")
                .replaceAll("_$", "");
        assertThat(field.name()).isEqualTo(abbreviated.getOrDefault(name, name));
    }

    @Test
    void slotsLieInTheRegionAndDoNotOverlap() {
        Set<Integer> bytes = new HashSet<>();
        for (VmcsField field : VmcsField.values()) {
            assertThat(field.offset()).isBetween(8, VmcsLayout.REGION_SIZE - 8);
            for (int i = 0; i < 8; i++) {
                assertThat(bytes.add(field.offset() + i)).as("byte %d of %s", i, field).isTrue();
                assertThat(VmcsLayout.fieldAt(field.offset() + i)).isEqualTo(field);
            }
        }
        assertThat(VmcsLayout.fieldAt(0)).isNull();
        assertThat(VmcsLayout.fieldAt(VmcsLayout.REGION_SIZE - 1)).isNull();
    }

    @Test
    void theLayoutIsStable() {
        assertThat(VmcsField.VIRTUAL_PROCESSOR_IDENTIFIER.offset()).isEqualTo(64);
        assertThat(VmcsField.ADDRESS_OF_IO_BITMAP_A.offset()).isEqualTo(576);
        assertThat(VmcsField.EXIT_REASON.offset()).isEqualTo(2376);
        assertThat(VmcsField.GUEST_RIP.offset()).isEqualTo(3256);
        assertThat(VmcsField.HOST_RIP.offset()).isEqualTo(3608);
    }

    @Test
    void groupsPartitionTheFields() {
        Map<VmcsField, VmcsField.Group> seen = new HashMap<>();
        for (VmcsField.Group group : VmcsField.Group.values()) {
            List<VmcsField> fields = group.fields();
            assertThat(fields).isNotEmpty().hasSizeLessThanOrEqualTo(60);
            fields.forEach(field -> assertThat(seen.put(field, group)).isNull());
        }
        assertThat(seen).hasSize(VmcsField.values().length);
        assertThat(Arrays.stream(VmcsField.values()).filter(VmcsField::isReadOnly))
                .hasSameElementsAs(VmcsField.Group.EXIT_INFORMATION.fields());
    }

    @Property(seed = "42")
    void halvesOfA64BitField(@ForAll long before, @ForAll long source) {
        VmcsField.Component high = new VmcsField.Component(VmcsField.GUEST_IA32_EFER, true);
        long after = high.write(before, source);
        assertThat(high.read(after)).isEqualTo(source & 0xffff_ffffL);
        assertThat(after & 0xffff_ffffL).isEqualTo(before & 0xffff_ffffL);
        VmcsField.Component selector = new VmcsField.Component(VmcsField.GUEST_CS_SELECTOR, false);
        assertThat(selector.read(selector.write(before, source))).isEqualTo(source & 0xffff);
    }

    @Test
    void existenceFollowsTheControls() {
        assertThat(VmcsFieldSupport.exists(VmcsField.GUEST_RIP, control -> false)).isTrue();
        assertThat(VmcsFieldSupport.exists(VmcsField.EPT_POINTER, control -> false)).isFalse();
        assertThat(VmcsFieldSupport.exists(VmcsField.EPT_POINTER, VmxControl.ENABLE_EPT::equals)).isTrue();
        assertThat(VmcsFieldSupport.exists(VmcsField.GUEST_IA32_PAT, VmxControl.EXIT_SAVE_IA32_PAT::equals)).isTrue();
        assertThat(VmcsFieldSupport.exists(VmcsField.SHARED_EPT_POINTER, control -> true)).isFalse();
    }

    @Test
    void segmentFieldsFollowTheEncodingOrder() {
        for (SegmentRegister register : SegmentRegister.values()) {
            SegmentFields fields = SegmentFields.of(register);
            assertThat(fields.selector().index()).isEqualTo(register.number());
            assertThat(fields.limit().index()).isEqualTo(register.number());
            assertThat(fields.accessRights().index()).isEqualTo(register.number() + 10);
            assertThat(fields.base().index()).isEqualTo(register.number() + 3);
        }
    }

    @Test
    void theDefault1ClassesAreDisjointFromTheControlsTheirManualNames() {
        assertThat(ControlWord.PIN_BASED.controls()).noneMatch(c -> (c.mask() & ControlWord.PIN_BASED.default1()) != 0);
        assertThat(ControlWord.PRIMARY.controls()).filteredOn(c -> (c.mask() & ControlWord.PRIMARY.default1()) != 0)
                .containsExactly(VmxControl.CR3_LOAD_EXITING, VmxControl.CR3_STORE_EXITING);
        assertThat(ControlWord.EXIT.controls()).filteredOn(c -> (c.mask() & ControlWord.EXIT.default1()) != 0)
                .containsExactly(VmxControl.EXIT_SAVE_DEBUG_CONTROLS);
        assertThat(ControlWord.ENTRY.controls()).filteredOn(c -> (c.mask() & ControlWord.ENTRY.default1()) != 0)
                .containsExactly(VmxControl.ENTRY_LOAD_DEBUG_CONTROLS);
    }

    @Test
    void controlsAreQuotedAsInSentences() {
        assertThat(VmxControl.USE_TPR_SHADOW.quoted()).isEqualTo("\"use TPR shadow\"");
        assertThat(VmxControl.HLT_EXITING.quoted()).isEqualTo("\"HLT exiting\"");
        assertThat(VmxControl.ENTRY_IA_32E_MODE_GUEST.quoted()).isEqualTo("\"IA-32e mode guest\"");
    }
}
