/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * The rules of the house, checked over every class, manifest and source file: who may import whom, no cycles, what each
 * file carries. {@link org.exitpoint.conformance.rules.ImportTable} is the table that all of them read.
 */
package org.exitpoint.conformance.rules;
