/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * The headless debugger façade as interfaces and records: sessions, contexts, addresses that say whose they are,
 * breakpoints, stops and inspection queries.
 */
package org.exitpoint.debug.api;
