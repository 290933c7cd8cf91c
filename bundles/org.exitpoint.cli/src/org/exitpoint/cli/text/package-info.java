/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/** Stops and answers as text, readable without colours in 80 to 120 columns. */
package org.exitpoint.cli.text;
