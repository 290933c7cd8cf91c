/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * Instructions made ready for lowering: the program of an instruction's shape with the instruction's slots in it,
 * constants folded, aliases followed, and what nobody needs struck out.
 */
package org.exitpoint.translate.bind;
