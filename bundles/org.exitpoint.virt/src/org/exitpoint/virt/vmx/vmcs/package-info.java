/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * VMCS regions in guest memory, and what the machine knows of each besides the region: launch state and last writers.
 */
package org.exitpoint.virt.vmx.vmcs;
