/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * What an engine is: the contract that interpreter and translator keep.
 */
package org.exitpoint.cpu.engine;
