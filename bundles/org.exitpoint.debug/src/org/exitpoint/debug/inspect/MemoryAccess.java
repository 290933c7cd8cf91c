/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.inspect;

import java.util.BitSet;
import java.util.OptionalLong;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.debug.api.SessionException;
import org.exitpoint.debug.api.address.Address;
import org.exitpoint.debug.api.address.AddressGrammar;
import org.exitpoint.debug.api.address.Space;
import org.exitpoint.debug.api.context.ContextId;
import org.exitpoint.debug.api.inspect.MemoryBytes;
import org.exitpoint.machine.PhysicalMemory;
import org.exitpoint.mmu.format.Access;
import org.exitpoint.mmu.walk.AddressTranslation;
import org.exitpoint.mmu.walk.TranslationContext;

/**
 * Reads memory in every space without effects: translates by a probe of the tables in memory, page by page, and peeks
 * where no RAM answers. Machine's thread only.
 */
public final class MemoryAccess {
    private static final long PAGE = PhysicalMemory.PAGE_SIZE;
    /** No more is read at once. */
    public static final int LONGEST_READ = 16 << 20;

    private final ContextInspector contexts;

    /** Access to the memory of a machine. */
    public MemoryAccess(ContextInspector contexts) {
        this.contexts = contexts;
    }

    /** Reads bytes. */
    public MemoryBytes read(Address address, int length) {
        if (length < 0 || length > LONGEST_READ) {
            throw new SessionException("0 to 16 MByte can be read at once, not " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        BitSet readable = new BitSet(length);
        String reason = "";
        Translator translator = translator(address.space());
        Core viewer = viewer(address.space());
        for (int at = 0; at < length;) {
            long offset = address.offset() + at;
            int chunk = (int) Math.min(PAGE - (offset & PAGE - 1), length - at);
            long host = translator.translate(offset, Access.READ);
            String problem = host < 0 ? notMapped(address.plus(at))
                    : readHost(viewer, host, bytes, at, chunk, readable);
            reason = reason.isEmpty() ? problem : reason;
            at += chunk;
        }
        return new MemoryBytes(address, bytes, readable, reason);
    }

    /** Host-physical address for an access, or a negative number. */
    public long translate(Address address) {
        return translator(address.space()).translate(address.offset(), Access.READ);
    }

    private String notMapped(Address address) {
        return new AddressGrammar(contexts.contexts(), new ContextId.Root(0)).format(address) + " is not mapped";
    }

    private static String readHost(Core core, long host, byte[] into, int at, int count, BitSet readable) {
        if (core.physical().isRam(host, count)) {
            core.physical().read(host, into, at, count);
            readable.set(at, at + count);
            return "";
        }
        String problem = "";
        for (int i = 0; i < count; i++) {
            OptionalLong value = peek(core, host + i);
            if (value.isPresent()) {
                into[at + i] = (byte) value.getAsLong();
                readable.set(at + i);
            } else if (problem.isEmpty()) {
                problem = "hpa:0x" + Long.toHexString(host + i) + (core.bus().claims(host + i)
                        ? " is a device register that cannot be read without effect" : " has no memory");
            }
        }
        return problem;
    }

    /** A byte; where there is no RAM it is cut out of the aligned doubleword, as which registers are read. */
    private static OptionalLong peek(Core core, long address) {
        if (core.physical().isRam(address, 1)) {
            return OptionalLong.of(core.physical().read(address, 1));
        }
        OptionalLong word = core.physicalAccess().peek(address & -Integer.BYTES, Integer.BYTES);
        return word.isEmpty() ? word
                : OptionalLong.of(word.getAsLong() >>> Byte.SIZE * (address & Integer.BYTES - 1) & 0xff);
    }

    /** The processor whose view of host-physical addresses counts: each has a local APIC of its own. */
    private Core viewer(Space space) {
        ContextId context = switch (space) {
            case Space.Linear linear -> linear.context();
            case Space.GuestPhysical physical -> physical.guest();
            case Space.HostPhysical _, Space.Io _ -> new ContextId.Root(0);
        };
        return contexts.core(context);
    }

    /** Checks that bytes can be written, and gives where each page of them stands in host-physical memory. */
    public long[] writable(Address address, int length) {
        Translator translator = translator(address.space());
        PhysicalMemory memory = contexts.core(new ContextId.Root(0)).physical();
        long first = address.offset() & -PAGE;
        int pages = length == 0 ? 0 : (int) ((address.offset() + length - 1 - first) / PAGE) + 1;
        long[] hosts = new long[pages];
        for (int page = 0; page < pages; page++) {
            hosts[page] = translator.translate(first + page * PAGE, Access.READ);
            if (hosts[page] < 0) {
                throw new SessionException(notMapped(new Address(address.space(), first + page * PAGE)));
            }
            if (!memory.isRam(hosts[page], 1)) {
                throw new SessionException("hpa:0x" + Long.toHexString(hosts[page]) + " is not memory");
            }
        }
        return hosts;
    }

    private interface Translator {
        long translate(long offset, int access);
    }

    private Translator translator(Space space) {
        return switch (space) {
            case Space.HostPhysical _ -> (offset, _) -> offset;
            case Space.GuestPhysical physical -> {
                TranslationContext context = contexts.translation(physical.guest(), OptionalLong.empty());
                AddressTranslation probe = probe();
                yield context.usesEpt() ? (offset, access) -> probe.guestPhysical(context, offset, access)
                        : (offset, _) -> offset;
            }
            case Space.Linear linear -> {
                TranslationContext context = contexts.translation(linear.context(), linear.cr3());
                AddressTranslation probe = probe();
                yield (offset, access) -> isCanonical(offset, context) ? probe.linear(context, offset, access) : -1;
            }
            case Space.Io _ -> throw new SessionException("this machine has no IOMMU");
        };
    }

    /** Whether an address can be translated at all: canonical with 4 or 5 levels, of 32 bits otherwise. */
    static boolean isCanonical(long linear, TranslationContext context) {
        return switch (context.mode()) {
            case FOUR_LEVEL -> linear << 16 >> 16 == linear;
            case FIVE_LEVEL -> linear << 7 >> 7 == linear;
            case NONE, LEGACY_32, PAE -> linear >>> 32 == 0;
        };
    }

    private AddressTranslation probe() {
        return AddressTranslation.probe(contexts.core(new ContextId.Root(0)).physical(), null);
    }
}
