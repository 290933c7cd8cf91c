/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * Address translation: one page walk for every format, the formats as data, and the tagged translation lookaside
 * buffer. Processor, debugger, IOMMU and views translate through this package and nowhere else.
 */
package org.exitpoint.mmu;
