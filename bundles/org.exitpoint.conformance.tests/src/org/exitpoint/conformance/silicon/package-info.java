/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * Rows against the host processor: each shape of each row that user mode can execute runs from thousands of states on
 * engine 0 and, in a child process, on the processor itself; all state is compared.
 *
 * <p>Start reading at {@link org.exitpoint.conformance.silicon.Comparison}. {@code ShapeEncoder} makes instructions,
 * {@code StateGenerator} states to start from, {@code EngineSide} and {@code NativeRunner} execute them.
 */
package org.exitpoint.conformance.silicon;
