/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * The names and addresses of model-specific registers. Which of them a processor model has, what they read and which
 * writes fault is decided by the parts that implement them.
 */
package org.exitpoint.arch.msr;
