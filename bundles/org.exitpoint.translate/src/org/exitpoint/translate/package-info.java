/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * Engine 1: regions of guest instructions translated to machine code of the host from the same intermediate
 * representation that the interpreter executes.
 */
package org.exitpoint.translate;
