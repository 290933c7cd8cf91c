/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.api.address;

import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.exitpoint.arch.NearestName;
import org.exitpoint.debug.api.context.ContextId;
import org.exitpoint.debug.api.context.ContextNames;

/**
 * The one grammar of addresses, for command line, memory views, breakpoints and expressions.
 *
 * <pre>
 * address = [space ":"] number
 * space   = context | context "[cr3=" number "]"      linear addresses of a context
 *         | "gpa[" context "]"                        guest-physical addresses of a guest
 *         | "hpa"                                     physical addresses of the machine
 *         | "iova[" bus ":" device "." function "]"   addresses of a device; ",pasid=" number before "]"
 * context = "root" n | "guest" n
 * number  = hexadecimal, with or without "0x", "_" between digits allowed
 * </pre>
 *
 * <p>An address without a space is linear in the default context. {@link #format(Address)} writes what {@link #parse}
 * reads. Immutable if the names are.
 */
public final class AddressGrammar {
    private static final Pattern LINEAR = Pattern.compile("(\\w+)(?:\\[cr3=([^\\]]*)\\])?");
    private static final Pattern PHYSICAL = Pattern.compile("gpa\\[([^\\]]*)\\]");
    private static final Pattern IO = Pattern.compile(
            "iova\\[([0-9a-f]{1,2}):([0-9a-f]{1,2})\\.([0-7])(?:,pasid=([^\\]]*))?\\]");
    private static final int MAX_DEVICE = 31;
    private static final int MAX_PASID = (1 << 20) - 1;

    private final ContextNames names;
    private final ContextId defaultContext;

    /**
     * The grammar with names.
     *
     * @param names the contexts' names
     * @param defaultContext whose linear addresses are meant where no space is written
     */
    public AddressGrammar(ContextNames names, ContextId defaultContext) {
        this.names = Objects.requireNonNull(names);
        this.defaultContext = Objects.requireNonNull(defaultContext);
    }

    /**
     * Reads an address.
     *
     * @param text the text; letters in either case
     * @return the address
     * @throws IllegalArgumentException with one sentence that says what is wrong
     */
    public Address parse(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        int colon = lower.lastIndexOf(':');
        Space space = colon < 0 ? new Space.Linear(defaultContext) : parseSpace(lower.substring(0, colon).strip());
        return new Address(space, parseNumber(lower.substring(colon + 1).strip()));
    }

    private Space parseSpace(String text) {
        if (text.equals("hpa")) {
            return new Space.HostPhysical();
        }
        Matcher io = IO.matcher(text);
        if (io.matches()) {
            return parseIo(io);
        }
        Matcher physical = PHYSICAL.matcher(text);
        if (physical.matches()) {
            if (context(physical.group(1)) instanceof ContextId.Guest guest) {
                return new Space.GuestPhysical(guest);
            }
            throw new IllegalArgumentException("\"" + physical.group(1)
                    + "\" is no guest: its physical addresses are those of the machine, written hpa:");
        }
        Matcher linear = LINEAR.matcher(text);
        if (linear.matches()) {
            String cr3 = linear.group(2);
            return new Space.Linear(context(linear.group(1)),
                    cr3 == null ? OptionalLong.empty() : OptionalLong.of(parseNumber(cr3)));
        }
        throw new IllegalArgumentException("\"" + text
                + "\" is no address space: write root0:, guest1:, gpa[guest1]:, hpa: or iova[00:03.0]:");
    }

    private static Space parseIo(Matcher io) {
        int device = Integer.parseInt(io.group(2), 16);
        if (device > MAX_DEVICE) {
            throw new IllegalArgumentException("device " + io.group(2) + " of a PCI bus is above 1f");
        }
        int bdf = Integer.parseInt(io.group(1), 16) << 8 | device << 3 | Integer.parseInt(io.group(3), 16);
        if (io.group(4) == null) {
            return new Space.Io(bdf, OptionalInt.empty());
        }
        long pasid = parseNumber(io.group(4));
        if (pasid < 0 || pasid > MAX_PASID) {
            throw new IllegalArgumentException("PASID " + io.group(4) + " has more than 20 bits");
        }
        return new Space.Io(bdf, OptionalInt.of((int) pasid));
    }

    private ContextId context(String name) {
        return names.find(name).orElseThrow(() -> new IllegalArgumentException("there is no context \"" + name + "\""
                + NearestName.of(name, names.names()).map(near -> "; did you mean " + near + "?")
                        .orElse("; there are " + String.join(", ", names.names()))));
    }

    /**
     * Reads a number.
     *
     * @param text hexadecimal, with or without {@code 0x}, {@code _} allowed between digits
     * @return the number, unsigned
     * @throws IllegalArgumentException with one sentence that says what is wrong
     */
    public static long parseNumber(String text) {
        String digits = text.toLowerCase(Locale.ROOT).replaceFirst("^0x", "");
        if (!digits.matches("[0-9a-f]+(_[0-9a-f]+)*")) {
            throw new IllegalArgumentException("\"" + text + "\" is no hexadecimal number");
        }
        try {
            return Long.parseUnsignedLong(digits.replace("_", ""), 16);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\" has more than 64 bits", e);
        }
    }

    /**
     * Writes an address.
     *
     * @param address the address
     * @return for example {@code "gpa[guest1]:0x1000"}
     */
    public String format(Address address) {
        return format(address.space()) + ":0x" + Long.toHexString(address.offset());
    }

    /**
     * Writes an address space.
     *
     * @param space the space
     * @return what stands before the colon
     */
    public String format(Space space) {
        return switch (space) {
            case Space.Linear linear -> names.name(linear.context()) + (linear.cr3().isEmpty() ? ""
                    : "[cr3=0x" + Long.toHexString(linear.cr3().getAsLong()) + "]");
            case Space.GuestPhysical physical -> "gpa[" + names.name(physical.guest()) + "]";
            case Space.HostPhysical _ -> "hpa";
            case Space.Io io -> String.format(Locale.ROOT, "iova[%02x:%02x.%x%s]", io.bdf() >> 8, io.bdf() >> 3 & 0x1f,
                    io.bdf() & 7, io.pasid().isEmpty() ? ""
                            : String.format(Locale.ROOT, ",pasid=%x", io.pasid().getAsInt()));
        };
    }
}
