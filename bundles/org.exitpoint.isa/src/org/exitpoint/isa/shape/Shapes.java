/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.shape;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.exitpoint.isa.ir.IrVerifier;
import org.exitpoint.isa.row.Row;
import org.exitpoint.isa.row.Semantics;

/** All shapes that were ever needed in this process, each built once. Thread-safe. */
public final class Shapes {
    private static final Map<ShapeKey, Shape> BY_KEY = new HashMap<>();
    private static final List<Shape> BY_ID = new ArrayList<>();

    private Shapes() {
    }

    /** The shape of a key, built and verified on first use. */
    public static synchronized Shape of(ShapeKey key) {
        Shape shape = BY_KEY.get(key);
        if (shape == null) {
            shape = build(key, BY_ID.size());
            BY_KEY.put(key, shape);
            BY_ID.add(shape);
        }
        return shape;
    }

    /** The shape with an id. */
    public static synchronized Shape byId(int id) {
        return BY_ID.get(id);
    }

    private static Shape build(ShapeKey key, int id) {
        IrBuilder builder = new IrBuilder(key);
        Row row = key.row();
        for (Semantics precondition : row.preconditions()) {
            precondition.apply(builder);
        }
        row.semantics().apply(builder);
        Shape shape = new Shape(id, key, builder.build());
        try {
            IrVerifier.verify(shape.program());
        } catch (IllegalStateException e) {
            throw new IllegalStateException(shape + ": " + e.getMessage() + "\n" + shape.program(), e);
        }
        return shape;
    }
}
