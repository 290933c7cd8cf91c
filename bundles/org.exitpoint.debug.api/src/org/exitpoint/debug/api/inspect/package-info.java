/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/** What queries answer: registers, VMCS fields, memory, page walks, exits, instructions. Values, all immutable. */
package org.exitpoint.debug.api.inspect;
