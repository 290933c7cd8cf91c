/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * Boards: the only place that knows which devices a machine has, where they answer and which line they pull.
 */
package org.exitpoint.platform;
