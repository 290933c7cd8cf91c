/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * The checks of VM entry: for each descriptor in {@code arch} the predicate that decides whether it holds, in a file
 * per section of the manual. The processor and the explanation of a failed entry run the same list.
 */
package org.exitpoint.virt.vmx.check;
