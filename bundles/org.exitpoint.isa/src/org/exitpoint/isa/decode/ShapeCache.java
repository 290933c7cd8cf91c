/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.decode;

import org.exitpoint.isa.shape.Shape;

/**
 * The shapes that an encoding has had so far, by a number that stands for what fixes them: a small open hash table that
 * is never changed, only replaced by a bigger one, so that decoders of several threads may share it.
 */
final class ShapeCache {
    static final ShapeCache EMPTY = new ShapeCache(new int[1], new Shape[1]);

    private final int[] keys;
    private final Shape[] shapes;

    private ShapeCache(int[] keys, Shape[] shapes) {
        this.keys = keys;
        this.shapes = shapes;
    }

    /** The shape with a key, or null. */
    Shape get(int key) {
        int mask = keys.length - 1;
        for (int i = slot(key, mask); shapes[i] != null; i = i + 1 & mask) {
            if (keys[i] == key) {
                return shapes[i];
            }
        }
        return null;
    }

    /** A table with one more shape; always less than half full, so that a search ends. */
    ShapeCache with(int key, Shape shape) {
        int used = 1;
        for (Shape present : shapes) {
            used += present == null ? 0 : 1;
        }
        int size = Math.max(4, Integer.highestOneBit(used) << 2);
        ShapeCache bigger = new ShapeCache(new int[size], new Shape[size]);
        for (int i = 0; i < shapes.length; i++) {
            if (shapes[i] != null) {
                bigger.put(keys[i], shapes[i]);
            }
        }
        bigger.put(key, shape);
        return bigger;
    }

    private void put(int key, Shape shape) {
        int mask = keys.length - 1;
        int i = slot(key, mask);
        while (shapes[i] != null) {
            i = i + 1 & mask;
        }
        keys[i] = key;
        shapes[i] = shape;
    }

    private static int slot(int key, int mask) {
        return (key ^ key >>> 6) & mask;
    }
}
