/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/** From options to a machine: images, sizes, models, and the machine itself behind the debugger's port. */
package org.exitpoint.cli.machine;
