/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/** Stops as JSON, one object a line, as {@code stop.schema.json} beside this file says. */
package org.exitpoint.cli.json;
