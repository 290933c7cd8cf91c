/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * What instruction helpers and engines work on: a processor's core, the faults they raise, and the port behind which
 * virtualization stands.
 */
package org.exitpoint.cpu.core;
