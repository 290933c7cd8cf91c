/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.emit;

/** The host's general registers, in encoding order. */
public enum HostRegister implements HostOperand {
    /** RAX. */
    RAX,
    /** RCX. */
    RCX,
    /** RDX. */
    RDX,
    /** RBX. */
    RBX,
    /** RSP: the host's stack, of which emitted code keeps its hands. */
    RSP,
    /** RBP. */
    RBP,
    /** RSI. */
    RSI,
    /** RDI. */
    RDI,
    /** R8. */
    R8,
    /** R9. */
    R9,
    /** R10. */
    R10,
    /** R11. */
    R11,
    /** R12. */
    R12,
    /** R13. */
    R13,
    /** R14. */
    R14,
    /** R15. */
    R15;

    private static final HostRegister[] ALL = values();

    /** The register with this number, 0 to 15. */
    public static HostRegister of(int number) {
        return ALL[number];
    }
}
