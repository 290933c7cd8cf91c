/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.exitpoint.arch.BitField;
import org.exitpoint.arch.BitRange;
import org.exitpoint.arch.Sdm;

/**
 * The exit qualification of EPT violations: a set of single bits.
 *
 * @param bits the bits that are 1
 */
@Sdm(section = "29.2.1", title = "Basic VM-Exit Information")
public record EptViolation(Set<Bit> bits) implements ExitQualification {
    /** The bits. */
    public enum Bit implements BitField {
        READ(0, "The access was a data read"),
        WRITE(1, "The access was a data write"),
        FETCH(2, "The access was an instruction fetch"),
        ENTRY_READ(3, "The EPT entries permit reads"),
        ENTRY_WRITE(4, "The EPT entries permit writes"),
        ENTRY_EXECUTE(5, "The EPT entries permit instruction fetches (with mode-based execute: from supervisor pages)"),
        ENTRY_EXECUTE_USER(6, "The EPT entries permit instruction fetches from user-mode pages"),
        LINEAR_VALID(7, "The guest-linear-address field is valid"),
        FINAL_ACCESS(8, "The access was to the translation of a linear address, not to a paging-structure entry"),
        USER_LINEAR(9, "The linear address is a user-mode address"),
        WRITABLE_LINEAR(10, "Paging translates the linear address to a writable page"),
        EXECUTE_DISABLED_LINEAR(11, "Paging translates the linear address to an execute-disabled page"),
        NMI_UNBLOCKING(12, "NMI unblocking due to IRET"),
        SHADOW_STACK(13, "The access was a shadow-stack access"),
        ENTRY_SUPERVISOR_SHADOW_STACK(14, "The EPT entry permits supervisor shadow-stack accesses"),
        GUEST_PAGING_VERIFICATION(15, "The violation was caused by guest-paging verification"),
        ASYNCHRONOUS(16, "The access was asynchronous to instruction execution");

        private final BitRange range;
        private final String title;

        Bit(int bit, String title) {
            this.range = BitRange.bit(bit);
            this.title = title;
        }

        @Override
        public BitRange range() {
            return range;
        }

        @Override
        public String title() {
            return title;
        }
    }

    private static final Bit[] ALL = Bit.values();
    private static final List<BitField> FIELDS = List.of(ALL);
    private static final List<Bit> PERMISSIONS = List.of(Bit.ENTRY_READ, Bit.ENTRY_WRITE, Bit.ENTRY_EXECUTE);

    /** Copies the set. */
    public EptViolation {
        EnumSet<Bit> copy = EnumSet.noneOf(Bit.class);
        copy.addAll(bits);
        bits = Collections.unmodifiableSet(copy);
    }

    /**
     * A qualification with the bits given.
     *
     * @param bits the bits that are 1
     * @return the qualification
     */
    public static EptViolation of(Bit... bits) {
        return new EptViolation(Set.of(bits));
    }

    static EptViolation decode(long value) {
        EnumSet<Bit> set = EnumSet.noneOf(Bit.class);
        Arrays.stream(ALL).filter(bit -> bit.isSet(value)).forEach(set::add);
        return new EptViolation(set);
    }

    @Override
    public long encode() {
        return bits.stream().mapToLong(Bit::mask).reduce(0, (a, b) -> a | b);
    }

    @Override
    public List<BitField> fields() {
        return FIELDS;
    }

    @Override
    public String inWords() {
        List<String> access = new ArrayList<>();
        if (bits.contains(Bit.READ)) {
            access.add("read");
        }
        if (bits.contains(Bit.WRITE)) {
            access.add("write");
        }
        if (bits.contains(Bit.FETCH)) {
            access.add("instruction fetch");
        }
        StringBuilder text = new StringBuilder(access.isEmpty() ? "access" : String.join(" and ", access));
        if (!bits.contains(Bit.LINEAR_VALID)) {
            text.append(" without linear address");
        } else if (!bits.contains(Bit.FINAL_ACCESS)) {
            text.append(" of a guest paging-structure entry");
        }
        text.append(Collections.disjoint(bits, PERMISSIONS) ? "; the EPT entries are not present"
                : "; the EPT entries permit " + permissions());
        return text.append(bits.contains(Bit.NMI_UNBLOCKING) ? "; NMI unblocking due to IRET" : "").toString();
    }

    private String permissions() {
        StringBuilder text = new StringBuilder();
        text.append(bits.contains(Bit.ENTRY_READ) ? 'R' : '-').append(bits.contains(Bit.ENTRY_WRITE) ? 'W' : '-')
                .append(bits.contains(Bit.ENTRY_EXECUTE) ? 'X' : '-');
        return text.toString();
    }
}
