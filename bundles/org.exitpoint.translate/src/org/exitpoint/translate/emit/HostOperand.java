/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.emit;

/** What a ModRM byte can denote. */
public sealed interface HostOperand permits HostRegister, HostAddress {
}
