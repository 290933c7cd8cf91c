/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.exitpoint.arch.NearestName;

/**
 * Selects exits by reason and attributes.
 *
 * <p>Written {@code REASON} or {@code REASON:key=value,key=value}. A reason is the name of an {@link ExitReason}, a key
 * that of an {@link ExitAttribute} in lower case, a value a number (decimal, or hexadecimal with {@code 0x}), a name
 * where there are names ({@code msr=IA32_EFER}, {@code vector=PF}), or a range {@code low-high} with both ends.
 * Examples: {@code CPUID}, {@code IO_INSTRUCTION:port=0x3f8}, {@code EPT_VIOLATION:gpa=0x1000-0x1fff}. Reasons, keys
 * and names are read in either case.
 *
 * @param reason the reason an exit must have
 * @param conditions what must hold of its attributes, all of them
 */
public record ExitFilter(ExitReason reason, List<Condition> conditions) {
    /**
     * A range of values for an attribute.
     *
     * @param attribute the attribute
     * @param low the lowest value accepted, unsigned
     * @param high the highest value accepted, unsigned
     */
    public record Condition(ExitAttribute attribute, long low, long high) {
        /** Rejects empty ranges. */
        public Condition {
            if (Long.compareUnsigned(low, high) > 0) {
                throw new IllegalArgumentException(String.format(Locale.ROOT,
                        "the range 0x%x-0x%x of %s is empty: its ends are swapped", low, high, attribute.key()));
            }
        }

        /**
         * Whether a value lies in the range.
         *
         * @param value an unsigned value
         * @return true if so
         */
        public boolean accepts(long value) {
            return Long.compareUnsigned(low, value) <= 0 && Long.compareUnsigned(value, high) <= 0;
        }

        /** The condition in the filter's grammar. */
        @Override
        public String toString() {
            return low == high ? String.format(Locale.ROOT, "%s=0x%x", attribute.key(), low)
                    : String.format(Locale.ROOT, "%s=0x%x-0x%x", attribute.key(), low, high);
        }
    }

    /** Copies the conditions. */
    public ExitFilter {
        Objects.requireNonNull(reason);
        conditions = List.copyOf(conditions);
    }

    /**
     * Parses a filter.
     *
     * @param text the text
     * @return the filter
     * @throws IllegalArgumentException with one sentence that says what is wrong and suggests the nearest name
     */
    public static ExitFilter parse(String text) {
        int colon = text.indexOf(':');
        ExitReason reason = parseReason((colon < 0 ? text : text.substring(0, colon)).strip());
        List<Condition> conditions = new ArrayList<>();
        if (colon >= 0) {
            for (String part : text.substring(colon + 1).split(",", -1)) {
                conditions.add(parseCondition(reason, part.strip()));
            }
        }
        return new ExitFilter(reason, conditions);
    }

    private static ExitReason parseReason(String name) {
        for (ExitReason reason : ExitReason.values()) {
            if (reason.name().equalsIgnoreCase(name)) {
                return reason;
            }
        }
        List<String> names = Arrays.stream(ExitReason.values()).map(Enum::name).toList();
        throw new IllegalArgumentException("there is no exit reason \"" + name + "\""
                + NearestName.suggestion(name, names));
    }

    private static Condition parseCondition(ExitReason reason, String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException("\"" + text + "\" is not of the form key=value");
        }
        ExitAttribute attribute = parseAttribute(reason, text.substring(0, equals).strip());
        String value = text.substring(equals + 1).strip();
        int dash = value.indexOf('-');
        long low = attribute.parse((dash < 0 ? value : value.substring(0, dash)).strip());
        long high = dash < 0 ? low : attribute.parse(value.substring(dash + 1).strip());
        return new Condition(attribute, low, high);
    }

    private static ExitAttribute parseAttribute(ExitReason reason, String key) {
        List<ExitAttribute> attributes = ExitAttribute.of(reason);
        for (ExitAttribute attribute : attributes) {
            if (attribute.key().equalsIgnoreCase(key)) {
                return attribute;
            }
        }
        List<String> keys = attributes.stream().map(ExitAttribute::key).toList();
        String known = keys.isEmpty() ? ": it has none" : ": it has " + String.join(", ", keys);
        throw new IllegalArgumentException("exits of reason " + reason + " have no key \"" + key + "\"" + known);
    }

    /**
     * Whether an exit is selected.
     *
     * @param exit the exit
     * @return true if its reason is the filter's and every condition accepts the attribute's value; false if the exit
     *     does not have an attribute
     */
    public boolean matches(ExitKey exit) {
        return exit.reason() == reason && conditions.stream().allMatch(condition -> {
            Long value = exit.attributes().get(condition.attribute());
            return value != null && condition.accepts(value);
        });
    }

    /** The filter in its own grammar: {@code parse(toString())} equals this. */
    @Override
    public String toString() {
        return conditions.isEmpty() ? reason.name() : reason + ":"
                + conditions.stream().map(Condition::toString).collect(Collectors.joining(","));
    }
}
