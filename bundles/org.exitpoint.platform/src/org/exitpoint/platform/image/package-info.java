/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * Loading what the user wants to run. An image is checked as a whole, against the file and against the board's memory,
 * before the first byte of it enters that memory; what is wrong with it is said in one sentence.
 */
package org.exitpoint.platform.image;
