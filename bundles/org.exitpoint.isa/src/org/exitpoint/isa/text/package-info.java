/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * The disassembler: decoded instructions as text in Intel syntax, derived from the rows.
 */
package org.exitpoint.isa.text;
