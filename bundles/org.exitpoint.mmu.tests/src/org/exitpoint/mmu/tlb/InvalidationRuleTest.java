/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.tlb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * SDM vol. 3, "Operations that Invalidate TLBs and Paging-Structure Caches" and "Operations That Invalidate Cached
 * Mappings", against a list of mappings from which each operation removes what its paragraph says.
 */
class InvalidationRuleTest {
    private static final long[] EP4TAS = {0x1000, 0x2000};
    private static final int[] SHIFTS = {12, 21, 30};
    private static final long NO_EPT = -1;

    /** One cached mapping, or the fact that a page of a guest is cached in parts. */
    private record Mapping(TlbTag tag, long start, int shift, boolean mark, long frame) {
        boolean covers(long address) {
            return (address ^ start) >>> shift == 0;
        }

        boolean sameAs(Mapping o) {
            return tag.equals(o.tag) && start == o.start && shift == o.shift && mark == o.mark;
        }
    }

    @Property(tries = 300, seed = "20260101")
    void removesWhatTheManualSays(@ForAll long seed) {
        Random random = new Random(seed);
        List<Mapping> model = new ArrayList<>();
        try (ArchitecturalTlb tlb = new ArchitecturalTlb(new RecordingListener())) {
            for (int step = 0; step < 120; step++) {
                if (random.nextInt(5) < 4) {
                    insert(random, tlb, model);
                } else {
                    invalidate(random, tlb, model);
                    compare(tlb, model, seed);
                }
            }
            assertThat(tlb.size()).isEqualTo(model.size());
        }
    }

    private static void insert(Random random, ArchitecturalTlb tlb, List<Mapping> model) {
        TlbTag tag = tag(random);
        int size = random.nextInt(3);
        int shift = SHIFTS[size];
        int mapped = tag.kind() == MappingKind.COMBINED && random.nextInt(3) == 0
                ? SHIFTS[size + random.nextInt(3 - size)] : shift;
        long address = address(random);
        long frame = (long) random.nextInt(1 << 20) << 30;
        if (mapped > shift) {
            put(model, new Mapping(tag, address & -(1L << mapped), mapped, true, 0));
        }
        put(model, new Mapping(tag, address & -(1L << shift), shift, false, frame));
        tlb.insert(tag, address, shift, mapped, frame, 0, 63);
    }

    private static void put(List<Mapping> model, Mapping mapping) {
        model.removeIf(mapping::sameAs);
        model.add(mapping);
    }

    private static TlbTag tag(Random random) {
        MappingKind kind = MappingKind.values()[random.nextInt(3)];
        long ep4ta = kind == MappingKind.LINEAR ? NO_EPT : EP4TAS[random.nextInt(2)];
        if (kind == MappingKind.GUEST_PHYSICAL) {
            return new TlbTag(kind, 0, 0, false, ep4ta);
        }
        boolean global = random.nextInt(3) == 0;
        return new TlbTag(kind, random.nextInt(3), global ? 0 : random.nextInt(3), global, ep4ta);
    }

    private static long address(Random random) {
        return (long) random.nextInt(2) << 39 | (long) random.nextInt(2) << 30 | random.nextInt(2) << 21
                | random.nextInt(3) << 12 | random.nextInt(4096);
    }

    private static void invalidate(Random random, ArchitecturalTlb tlb, List<Mapping> model) {
        InvalidationRule[] rules = InvalidationRule.values();
        InvalidationRule rule = rules[random.nextInt(rules.length - (random.nextInt(4) == 0 ? 0 : 1))];
        int vpid = random.nextInt(3);
        int pcid = random.nextInt(3);
        long ep4ta = EP4TAS[random.nextInt(2)];
        long address = address(random);
        tlb.invalidate(rule, vpid, pcid, ep4ta, address);
        List<TlbTag> concerned = model.stream().map(Mapping::tag).distinct()
                .filter(tag -> manual(rule, tag, vpid, pcid, ep4ta)).toList();
        for (TlbTag tag : concerned) {
            if (oneAddress(rule)) {
                List<Mapping> marks = model.stream()
                        .filter(m -> m.mark && m.tag.equals(tag) && m.covers(address)).toList();
                model.removeIf(m -> m.tag.equals(tag) && (m.covers(address)
                        || !m.mark && marks.stream().anyMatch(mark -> mark.covers(m.start) && m.shift < mark.shift)));
            } else {
                model.removeIf(m -> m.tag.equals(tag));
            }
        }
    }

    private static boolean oneAddress(InvalidationRule rule) {
        return switch (rule) {
            case INVLPG, INVPCID_INDIVIDUAL_ADDRESS, PAGE_FAULT, EPT_VIOLATION, EPT_VIOLATION_LINEAR,
                    INVVPID_INDIVIDUAL_ADDRESS -> true;
            default -> false;
        };
    }

    /** The manual's paragraphs, one by one. */
    private static boolean manual(InvalidationRule rule, TlbTag tag, int vpid, int pcid, long ep4ta) {
        boolean linearOrCombined = tag.kind() != MappingKind.GUEST_PHYSICAL;
        boolean current = linearOrCombined && tag.vpid() == vpid;
        boolean usedWithPcid = tag.global() || tag.pcid() == pcid;
        return switch (rule) {
            case NONE -> false;
            case INVLPG, PAGE_FAULT, MOV_TO_CR4_CURRENT_PCID -> current && usedWithPcid;
            case INVPCID_INDIVIDUAL_ADDRESS, INVPCID_SINGLE_CONTEXT, MOV_TO_CR3 ->
                current && !tag.global() && tag.pcid() == pcid;
            case INVPCID_ALL_CONTEXTS_AND_GLOBALS, MOV_TO_CR0_PG, MOV_TO_CR4_ALL, INVVPID_INDIVIDUAL_ADDRESS,
                    INVVPID_SINGLE_CONTEXT -> current;
            case INVPCID_ALL_CONTEXTS, INVVPID_SINGLE_CONTEXT_RETAINING_GLOBALS -> current && !tag.global();
            case VM_TRANSITION_WITHOUT_VPID -> linearOrCombined && tag.vpid() == 0;
            case EPT_VIOLATION -> tag.kind() == MappingKind.GUEST_PHYSICAL && tag.ep4ta() == ep4ta;
            case EPT_VIOLATION_LINEAR -> tag.kind() == MappingKind.COMBINED && tag.vpid() == vpid
                    && tag.ep4ta() == ep4ta && usedWithPcid;
            case INVVPID_ALL_CONTEXTS -> linearOrCombined && tag.vpid() != 0;
            case INVEPT_SINGLE_CONTEXT -> tag.kind() != MappingKind.LINEAR && tag.ep4ta() == ep4ta;
            case INVEPT_ALL_CONTEXTS -> tag.kind() != MappingKind.LINEAR;
            case RESET -> true;
        };
    }

    private static void compare(ArchitecturalTlb tlb, List<Mapping> model, long seed) {
        for (Mapping m : model) {
            if (!m.mark) {
                TlbTag t = m.tag;
                long best = model.stream().filter(o -> !o.mark && o.tag.equals(t) && o.covers(m.start))
                        .min((a, b) -> a.shift - b.shift).orElseThrow().frame;
                long found = tlb.find(tlb.tag(t.kind(), t.vpid(), t.pcid(), t.global(), t.ep4ta()), m.start);
                assertThat(found).as("%s, seed %d", m, seed).isNotZero();
                assertThat(ArchitecturalTlb.frame(found)).as("%s, seed %d", m, seed).isEqualTo(best);
            }
        }
        assertThat(tlb.size()).as("seed %d", seed).isEqualTo(model.size());
    }

    @ParameterizedTest
    @CsvSource({"0x80000011,0x11,MOV_TO_CR0_PG", "0x80000011,0x80010011,NONE", "0x11,0x80000011,NONE"})
    void movToCr0(String before, String after, InvalidationRule rule) {
        assertThat(InvalidationRule.ofMovToCr0(Long.decode(before), Long.decode(after))).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource({"0x20,0xA0,MOV_TO_CR4_ALL", "0xA0,0x20,MOV_TO_CR4_ALL", "0x20020,0x20,MOV_TO_CR4_ALL",
            "0x20,0x20020,NONE", "0x20,0x100020,MOV_TO_CR4_CURRENT_PCID", "0x100020,0x20,NONE",
            "0x20,0,MOV_TO_CR4_CURRENT_PCID", "0,0x20,MOV_TO_CR4_CURRENT_PCID", "0x20,0x200020,NONE", "0,0x10,NONE"})
    void movToCr4(String before, String after, InvalidationRule rule) {
        assertThat(InvalidationRule.ofMovToCr4(Long.decode(before), Long.decode(after))).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource({"0x1000,0x20,MOV_TO_CR3", "0x1000,0x20020,MOV_TO_CR3", "-0x7ffffffffffff000,0x20020,NONE",
            "-0x7ffffffffffff000,0x20,MOV_TO_CR3"})
    void movToCr3(String source, String cr4, InvalidationRule rule) {
        assertThat(InvalidationRule.ofMovToCr3(Long.decode(source), Long.decode(cr4))).isEqualTo(rule);
    }
}
