/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * Sample hypervisors and guests, sources beside prebuilt images.
 */
package org.exitpoint.guests;
