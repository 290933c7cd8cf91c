/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.tlb;

/**
 * What a cached mapping belongs to.
 *
 * @param kind   kind of mapping
 * @param vpid   VPID; 0 for guest-physical mappings
 * @param pcid   PCID; 0 for guest-physical mappings and global translations
 * @param global whether the translation is global: used with every PCID of its VPID
 * @param ep4ta  address of the EPT root table; {@code NO_EPT} for linear mappings
 */
public record TlbTag(MappingKind kind, int vpid, int pcid, boolean global, long ep4ta) {
}
