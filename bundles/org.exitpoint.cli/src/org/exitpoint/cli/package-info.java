/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * The command {@code exitpoint}. It starts from the class path without OSGi.
 */
package org.exitpoint.cli;
