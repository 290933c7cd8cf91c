/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * What must hold across bundles: the rules of the house (who may import whom, what every source file carries), and the
 * conformance of the whole machine to outside truth.
 */
package org.exitpoint.conformance;
