/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * How a machine behaves to the programs it runs: one suite of small guests, written in machine code, that every engine
 * has to pass. {@code Scenario} is what to read first.
 */
package org.exitpoint.conformance.behaviour;
