/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * Two machines that differ in their engine only, run side by side and compared.
 */
package org.exitpoint.platform.lockstep;
