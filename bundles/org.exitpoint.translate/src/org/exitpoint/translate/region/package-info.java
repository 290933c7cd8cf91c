/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * Regions: up to a hundred guest instructions of one page, found from an entry point and compiled together.
 * {@link org.exitpoint.translate.region.RegionDiscovery} finds blocks,
 * {@link org.exitpoint.translate.region.RegionCompiler} is the table of contents of their compilation.
 */
package org.exitpoint.translate.region;
