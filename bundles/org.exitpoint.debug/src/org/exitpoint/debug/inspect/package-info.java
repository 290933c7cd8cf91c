/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/** Answers to queries: registers, VMCS fields, memory, page walks, code. Nothing here has an effect on a guest. */
package org.exitpoint.debug.inspect;
