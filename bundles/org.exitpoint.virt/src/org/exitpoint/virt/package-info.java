/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * The virtualization extensions behind the processor's port: what exits, how a guest is entered and left, and the named
 * checks of VM entry.
 */
package org.exitpoint.virt;
