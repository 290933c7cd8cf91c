/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.region;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import org.exitpoint.isa.decode.Decoder;
import org.exitpoint.isa.ir.IrOp;
import org.exitpoint.isa.shape.Instruction;
import org.exitpoint.translate.bind.Binder;
import org.exitpoint.translate.bind.BoundProgram;

/**
 * Finds the blocks of a region: follows direct branches, calls' returns and what comes after the interpreter's
 * instructions, as long as they stay in the page and the region is small.
 */
final class RegionDiscovery {
    private static final int MAX_INSTRUCTIONS = 100;

    private final CodePage page;
    private final Decoder decoder;
    private final SortedMap<Integer, BoundProgram> decoded = new TreeMap<>();
    private final NavigableSet<Integer> starts = new TreeSet<>();
    private final NavigableSet<Integer> entries = new TreeSet<>();
    private final Deque<Integer> waiting = new ArrayDeque<>();

    private RegionDiscovery(CodePage page, Decoder decoder) {
        this.page = page;
        this.decoder = decoder;
    }

    /** The blocks of the region entered at a position, by position. */
    static SortedMap<Integer, Block> discover(CodePage page, Decoder decoder, int position) {
        RegionDiscovery discovery = new RegionDiscovery(page, decoder);
        discovery.entry(position);
        while (!discovery.waiting.isEmpty()) {
            discovery.follow(discovery.waiting.poll());
        }
        return discovery.blocks();
    }

    private void entry(int position) {
        entries.add(position);
        start(position);
    }

    private void start(int position) {
        if (position < page.bytes().length && starts.add(position)) {
            waiting.add(position);
        }
    }

    private void startAt(long offset) {
        if (page.contains(offset)) {
            start(page.position(offset));
        }
    }

    private void follow(int from) {
        int position = from;
        while (position < page.bytes().length && decoded.size() < MAX_INSTRUCTIONS && !decoded.containsKey(position)) {
            Instruction insn = page.decode(decoder, position);
            if (insn == null) {
                return;
            }
            BoundProgram program = Binder.bind(insn, page.offset() + position, true);
            decoded.put(position, program);
            if (program.terminator().op() == IrOp.REPEAT) {
                starts.add(position);
            }
            position += insn.length();
            if (!program.isEmittable()) {
                continueAfter(program, position);
                return;
            }
            if (program.endsBlock()) {
                branch(program, position);
                return;
            }
        }
    }

    private void continueAfter(BoundProgram program, int position) {
        IrOp end = program.terminator().op();
        if (end == IrOp.NEXT || end == IrOp.REPEAT || end == IrOp.END_BLOCK) {
            entry(position);
        }
    }

    private void branch(BoundProgram program, int next) {
        switch (program.terminator().op()) {
            case JUMP -> startAt(target(program, 0));
            case JUMP_IF -> {
                start(next);
                startAt(target(program, 1));
            }
            case CALL -> {
                if (isDirect(program)) {
                    startAt(target(program, 0));
                }
                if (next < page.bytes().length) {
                    entry(next);
                }
            }
            case NEXT, REPEAT -> start(next);
            default -> {
            }
        }
    }

    /** Whether a branch's target is known. */
    static boolean isDirect(BoundProgram program) {
        return program.isConstant(program.terminator().argument(0));
    }

    /** The known target of a branch. */
    static long target(BoundProgram program, int argument) {
        return program.constant(program.terminator().argument(argument));
    }

    private SortedMap<Integer, Block> blocks() {
        SortedMap<Integer, Block> blocks = new TreeMap<>();
        for (int start : starts) {
            if (decoded.containsKey(start)) {
                blocks.put(start, block(start));
            }
        }
        return blocks;
    }

    private Block block(int start) {
        List<BoundProgram> programs = new ArrayList<>();
        int position = start;
        boolean ends = false;
        while (!ends && (position == start || !starts.contains(position))) {
            BoundProgram program = decoded.get(position);
            if (program == null || !program.isEmittable()) {
                break;
            }
            programs.add(program);
            position += program.instruction().length();
            ends = program.endsBlock();
        }
        BoundProgram next = decoded.get(position);
        boolean interpreted = !ends && next != null && !next.isEmittable();
        return new Block(start, position, programs, interpreted ? next.instruction() : null, entries.contains(start));
    }
}
