/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform;

/** What executes a machine's instructions. */
public enum EngineKind {
    /** Engine 0 alone. */
    INTERPRETER,
    /** Engine 1, which gives single instructions to engine 0. */
    TRANSLATOR
}
