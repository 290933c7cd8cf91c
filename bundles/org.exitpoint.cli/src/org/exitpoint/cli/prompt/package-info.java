/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/** The prompt at which a person steps and looks around. */
package org.exitpoint.cli.prompt;
