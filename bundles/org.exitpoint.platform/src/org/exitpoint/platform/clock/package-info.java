/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * Time and everything that enters from outside it: the step clock with its deadlines, and the log of host input that
 * makes a run repeatable.
 */
package org.exitpoint.platform.clock;
