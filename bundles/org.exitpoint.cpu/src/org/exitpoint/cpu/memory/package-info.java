/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * Memory as instructions see it: segment and offset, checked, translated, read and written.
 */
package org.exitpoint.cpu.memory;
