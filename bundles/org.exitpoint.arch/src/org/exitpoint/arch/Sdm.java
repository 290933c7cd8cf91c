/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Cites a section of the Intel 64 and IA-32 Architectures Software Developer's Manual.
 *
 * <p>The title is the key: chapters were renumbered twice. Numbers are those of one edition, the combined volumes
 * (order number 325462) of 2025, in which "Virtual Machine Control Structures" is chapter 26, "VM Entries" chapter 28
 * and "VM Exits" chapter 29. Appendices A to C of volume 3 kept their letters.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.FIELD, ElementType.METHOD})
public @interface Sdm {
    /**
     * The section's number in the pinned edition, for example {@code "28.3.1.1"} or {@code "B.1"}.
     *
     * @return the number
     */
    String section();

    /**
     * The section's title as printed, for example {@code "Checks on Guest Segment Registers"}.
     *
     * @return the title
     */
    String title();
}
