/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.exitpoint.mmu.GuestTables.CR0_PAGING;
import static org.exitpoint.mmu.GuestTables.CR0_WP;
import static org.exitpoint.mmu.GuestTables.CR4_PAE;
import static org.exitpoint.mmu.GuestTables.CR4_PCIDE;
import static org.exitpoint.mmu.GuestTables.CR4_PGE;
import static org.exitpoint.mmu.GuestTables.EFER_LONG;
import static org.exitpoint.mmu.GuestTables.EFER_NXE;
import static org.exitpoint.mmu.GuestTables.EPTP_4_LEVEL_WB;
import static org.exitpoint.mmu.GuestTables.PS;
import static org.exitpoint.mmu.GuestTables.RWX;
import static org.exitpoint.mmu.GuestTables.WB;
import static org.exitpoint.mmu.GuestTables.XD;

import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.exitpoint.machine.PhysicalMemory;
import org.exitpoint.mmu.format.Access;
import org.exitpoint.mmu.format.EptFormat;
import org.exitpoint.mmu.tlb.InvalidationRule;
import org.exitpoint.mmu.tlb.SavedState;
import org.exitpoint.mmu.walk.TranslationContext;

/**
 * The fast TLB is a subset that can be dropped at any time with no effect on the guest: two machines do the same random
 * accesses, changes of tables and of context, and invalidations; in one the fast TLB is dropped again and again.
 */
class FastTlbInclusionTest {
    private static final int[] KINDS = {Access.READ, Access.WRITE, Access.READ | Access.WRITE, Access.FETCH};
    private static final int[] MODES = {0, Access.USER, Access.AC_OVERRIDE};
    private static final int ROOTS = 2;

    /** One of the two machines. */
    private static final class Machine implements AutoCloseable {
        final GuestTables tables = new GuestTables();
        final Mmu mmu = new Mmu(tables.memory, GuestTables.FEATURES);
        final long[] roots = new long[ROOTS];
        final long[] eptRoots = new long[ROOTS];

        Machine(long seed) {
            Random random = new Random(seed);
            for (int i = 0; i < ROOTS; i++) {
                roots[i] = tables.table();
                eptRoots[i] = tables.table();
                tables.map(eptRoots[i], 0, 21, RWX | WB, RWX);
                tables.map(eptRoots[i], 0x20_0000, 21, 0x20_0000 | RWX | WB, RWX);
            }
            for (int i = 0; i < 40; i++) {
                mapRandomly(random);
            }
        }

        void mapRandomly(Random random) {
            long root = roots[random.nextInt(ROOTS)];
            long linear = linear(random);
            boolean large = random.nextInt(8) == 0;
            long frame = large ? (long) random.nextInt(3) << 21 : 0x40_0000L + (random.nextInt(16) << 12);
            long bits = random.nextInt(8) | (random.nextInt(6) == 0 ? XD : 0) | (random.nextInt(3) == 0 ? 0x100 : 0)
                    | (random.nextInt(8) != 0 ? 1 : 0);
            long way = 7;
            long directory = descend(root, linear, way);
            long entry = tables.memory.read(directory, 8);
            if (large) {
                tables.memory.write(directory, 8, frame | bits | PS);
            } else {
                if ((entry & PS) != 0 || entry == 0) {
                    tables.memory.write(directory, 8, tables.table() | way);
                }
                tables.map(root, linear, 12, frame | bits, way);
            }
        }

        private long descend(long root, long linear, long way) {
            long table = root;
            for (int shift = 39; shift > 21; shift -= 9) {
                long address = table + (linear >>> shift & 511) * 8;
                if (tables.memory.read(address, 8) == 0) {
                    tables.memory.write(address, 8, tables.table() | way);
                }
                table = tables.memory.read(address, 8) & 0x000F_FFFF_FFFF_F000L;
            }
            return table + (linear >>> 21 & 511) * 8;
        }

        void changeEptRandomly(Random random) {
            long root = eptRoots[random.nextInt(ROOTS)];
            int[] rights = {0, 1, 3, 5, 7, 7, 4};
            long page = 0x40_0000L + (random.nextInt(16) << 12);
            long frame = 0x40_0000L + (random.nextInt(16) << 12);
            tables.map(root, page, 12, frame | rights[random.nextInt(rights.length)] | WB, RWX);
        }

        void changeContext(Random random) {
            boolean guest = random.nextInt(2) == 0;
            long cr4 = CR4_PAE | CR4_PCIDE | (random.nextInt(4) == 0 ? 0 : CR4_PGE)
                    | (long) random.nextInt(2) << 20 | (long) random.nextInt(2) << 21;
            long cr0 = (random.nextInt(8) == 0 ? 1 : CR0_PAGING) | (random.nextInt(2) == 0 ? 0 : CR0_WP);
            mmu.controls(cr0, roots[random.nextInt(ROOTS)] | random.nextInt(3), cr4, EFER_LONG | EFER_NXE);
            long ad = random.nextInt(2) == 0 ? 0 : EptFormat.EPTP_ACCESSED_DIRTY;
            mmu.virtualization(guest ? random.nextInt(3) : 0,
                    guest && random.nextInt(3) > 0 ? eptRoots[random.nextInt(ROOTS)] | EPTP_4_LEVEL_WB | ad
                            : TranslationContext.NO_EPT);
        }

        void invalidate(Random random) {
            InvalidationRule[] rules = InvalidationRule.values();
            mmu.invalidate(rules[random.nextInt(rules.length)], random.nextInt(3), random.nextInt(3),
                    eptRoots[random.nextInt(ROOTS)], linear(random));
        }

        String access(Random random) {
            long linear = linear(random);
            int access = KINDS[random.nextInt(KINDS.length)] | MODES[random.nextInt(MODES.length)];
            long direct = mmu.direct(linear, 8, access);
            long cached = mmu.cached(linear);
            long physical = mmu.translate(linear, access);
            if (direct != 0) {
                assertThat(physical).as("in place means that the architectural TLB allows it, %x access %x", linear,
                        access).isEqualTo(direct - tables.memory.base());
                boolean identity = mmu.context().format() == null && !mmu.context().usesEpt();
                assertThat(cached != 0 || identity).isTrue();
                assertThat((access & Access.WRITE) == 0
                        || (tables.memory.pageFlags(physical) & PhysicalMemory.STORE_SLOW) == 0).isTrue();
            }
            return physical + (physical >= 0 ? "" : ":" + mmu.fault().code() + ":" + mmu.fault().guestPhysical() + ":"
                    + mmu.fault().errorCode() + ":" + mmu.fault().qualification());
        }

        private static long linear(Random random) {
            return (random.nextInt(4) == 0 ? 0x7F00_0000_0000L : 0) + ((long) random.nextInt(2) << 21)
                    + (random.nextInt(12) << 12) + random.nextInt(64) * 8;
        }

        byte[] tlbState() {
            SavedState state = new SavedState();
            mmu.save(state);
            return state.bytes("tlb");
        }

        byte[] ram() {
            byte[] bytes = new byte[5 << 20];
            tables.memory.read(0, bytes, 0, bytes.length);
            return bytes;
        }

        @Override
        public void close() {
            mmu.close();
            tables.close();
        }
    }

    @Property(tries = 60, seed = "20260102")
    void droppingHasNoEffectOnTheGuest(@ForAll long seed) {
        Random choice = new Random(seed);
        try (Machine kept = new Machine(seed); Machine dropped = new Machine(seed)) {
            for (int step = 0; step < 600; step++) {
                int what = choice.nextInt(20);
                long stepSeed = choice.nextLong();
                String first = step(kept, what, new Random(stepSeed));
                if (choice.nextInt(3) == 0) {
                    dropped.mmu.fastTlb().drop();
                }
                assertThat(step(dropped, what, new Random(stepSeed))).as("seed %d step %d", seed, step)
                        .isEqualTo(first);
            }
            assertThat(dropped.tlbState()).as("seed %d", seed).isEqualTo(kept.tlbState());
            assertThat(dropped.ram()).as("seed %d", seed).isEqualTo(kept.ram());
        }
    }

    private static String step(Machine machine, int what, Random random) {
        switch (what) {
            case 0 -> machine.changeContext(random);
            case 1 -> machine.invalidate(random);
            case 2 -> machine.mapRandomly(random);
            case 3 -> machine.changeEptRandomly(random);
            case 4 -> machine.tables.memory.addPageFlags(0x40_0000 + (random.nextInt(16) << 12),
                    random.nextBoolean() ? PhysicalMemory.CODE : PhysicalMemory.WATCHED_STORE);
            case 5 -> machine.tables.memory.removePageFlags(0x40_0000 + (random.nextInt(16) << 12),
                    PhysicalMemory.CODE | PhysicalMemory.WATCHED_STORE);
            default -> {
                return machine.access(random);
            }
        }
        return "";
    }
}
