/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * The two cascaded 8259A interrupt controllers of a PC. Even a guest that uses the APIC has to mask them, and tests of
 * external-interrupt exits want their vectors.
 */
package org.exitpoint.devices.pic;
