/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.core;

/**
 * An access of an I/O instruction.
 *
 * @param port port number
 * @param bytes 1, 2 or 4
 * @param input whether it reads the port
 * @param string whether it is INS or OUTS
 * @param immediate whether the port is an immediate operand
 * @param linearAddress for INS and OUTS the linear address of the memory operand, else 0
 */
public record IoAccess(int port, int bytes, boolean input, boolean string, boolean immediate, long linearAddress) {
}
