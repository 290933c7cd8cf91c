/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.row;

import org.exitpoint.isa.ops.Ops;

/**
 * What an instruction, or one of its preconditions, does. The method is generic, so a method reference to a generic
 * static method implements it; a semantics with a parameter is a record that implements it.
 */
@FunctionalInterface
public interface Semantics {
    /** Performs the semantics on a machine of values of any kind. */
    <V> void apply(Ops<V> o);
}
