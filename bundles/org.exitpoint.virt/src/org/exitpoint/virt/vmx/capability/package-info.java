/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * What VT-x can do on this machine, said once: from one list of controls follow the capability MSRs, the fields that
 * exist and what VM entry accepts.
 */
package org.exitpoint.virt.vmx.capability;
