/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.walk;

/** The address space in which paging structures stand, if it is not host-physical. */
@FunctionalInterface
interface TableSpace {
    /**
     * Translates the address of a paging-structure entry.
     *
     * @param address address in this space
     * @param update  whether the entry is to be written, for its accessed or dirty flag
     * @return the host-physical address, or a negative fault code of {@link TranslationFault}
     */
    long resolve(long address, boolean update);
}
