/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.region;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;

import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.isa.decode.Decoder;
import org.exitpoint.isa.ir.IrOp;
import org.exitpoint.isa.ops.Cond;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.mmu.memory.CodeGranules;
import org.exitpoint.translate.bind.BoundProgram;
import org.exitpoint.translate.emit.Alu;
import org.exitpoint.translate.emit.HostAddress;
import org.exitpoint.translate.emit.HostAssembler;
import org.exitpoint.translate.emit.Label;
import org.exitpoint.translate.lower.Exit;
import org.exitpoint.translate.lower.ExitStubs;
import org.exitpoint.translate.lower.Exits;
import org.exitpoint.translate.lower.FlagState;
import org.exitpoint.translate.lower.JumpCacheLayout;
import org.exitpoint.translate.lower.Lowering;
import org.exitpoint.translate.lower.RegisterMap;

/**
 * Compiles a region.
 * <ol>
 * <li>{@link RegionDiscovery} finds blocks of bound instructions.
 * <li>Backwards through each block, what nobody needs is struck out, most of all status flags.
 * <li>From each entry on, edges are emitted: an edge takes the next block's steps from the budget, or leaves for Java
 * with the flags as they are on this edge.
 * <li>Behind its first edge a block is emitted, for the description of the flags that comes along it; an edge with
 * another description gets another version of the block, up to {@value #VERSIONS}, and beyond that stores the flags.
 * <li>An edge out of the page or the region goes through the jump cache.
 * <li>Last come the stubs of exits.
 * </ol>
 * Not reusable.
 */
public final class RegionCompiler {
    private static final int VERSIONS = 3;
    /** No place: control has gone elsewhere. No branch can have this offset, because it is not canonical. */
    private static final long GONE = 1L << 62;

    private final HostAssembler asm;
    private final CodePage page;
    private final SortedMap<Integer, Block> blocks;
    private final ExitStubs stubs;
    private final Lowering lowering;
    private final Map<Version, Label> versions = new HashMap<>();
    private final Map<Integer, Boolean> flagsLive = new HashMap<>();
    private final Deque<Edge> edges = new ArrayDeque<>();

    private record Version(int position, FlagState flags) {
    }

    private record Edge(Label label, FlagState flags, long target) {
    }

    private RegionCompiler(HostAssembler asm, Exits exits, Label leaving, CodePage page,
            SortedMap<Integer, Block> blocks) {
        this.asm = asm;
        this.page = page;
        this.blocks = blocks;
        this.stubs = new ExitStubs(asm, exits, leaving);
        this.lowering = new Lowering(asm, stubs);
    }

    /**
     * Compiles the region entered at an offset.
     *
     * @param exits hands out numbers for exits
     * @param leaving the code that leaves for Java
     * @return the region, or null if already the first instruction goes beyond the page
     */
    public static Region compile(HostAssembler asm, Exits exits, Label leaving, CodePage page, Decoder decoder,
            long offset) {
        SortedMap<Integer, Block> blocks = RegionDiscovery.discover(page, decoder, page.position(offset));
        return blocks.isEmpty() ? null : new RegionCompiler(asm, exits, leaving, page, blocks).compile();
    }

    private Region compile() {
        for (Block block : blocks.values()) {
            flagsLive.put(block.position(), block.markFlags());
        }
        Map<Integer, Label> entries = new HashMap<>();
        for (Block block : blocks.values()) {
            if (block.entry()) {
                Label label = new Label();
                entries.put(block.position(), label);
                edges.add(new Edge(label, FlagState.STORED, page.offset() + block.position()));
            }
        }
        while (!edges.isEmpty()) {
            Edge edge = edges.poll();
            asm.bind(edge.label());
            lowering.startBlock(edge.flags());
            go(edge.target());
        }
        stubs.emit();
        Map<Integer, Long> addresses = new HashMap<>();
        entries.forEach((position, label) -> addresses.put(position, label.address()));
        return new Region(addresses, granules(), blocks.values().stream().mapToInt(Block::steps).sum());
    }

    private long granules() {
        long granules = 0;
        for (Block block : blocks.values()) {
            granules |= CodeGranules.granules(block.position(), block.decodedEnd() - block.position());
        }
        return granules;
    }

    /** Emits an edge, and the blocks behind it that are not emitted yet. */
    private void go(long target) {
        long next = target;
        while (next != GONE) {
            Block block = page.contains(next) ? blocks.get(page.position(next)) : null;
            if (block == null) {
                goThroughCache(next);
                return;
            }
            if (block.steps() == 0) {
                asm.jump(handOver(block, next));
                return;
            }
            if (!enter(block, next)) {
                return;
            }
            next = emit(block);
        }
    }

    /** Charges the budget for a block and goes there; true if the block is to be emitted right here. */
    private boolean enter(Block block, long offset) {
        boolean live = flagsLive.get(block.position());
        FlagState flags = live ? lowering.flags() : FlagState.DEAD;
        if (live && !versions.containsKey(new Version(block.position(), flags)) && countVersions(block) >= VERSIONS) {
            lowering.storeFlags();
            flags = FlagState.STORED;
        }
        Label stub = leave(Exit.Reason.BUDGET, offset, block.steps());
        asm.alu(Alu.SUB, Width.I64, RegisterMap.state(GuestState.BUDGET), block.steps());
        Version version = new Version(block.position(), flags);
        Label body = versions.get(version);
        if (body != null) {
            asm.jump(Cond.NS, body);
            asm.jump(stub);
            return false;
        }
        asm.jump(Cond.S, stub);
        body = new Label();
        versions.put(version, body);
        asm.bind(body);
        lowering.startBlock(flags);
        return true;
    }

    private int countVersions(Block block) {
        int count = 0;
        for (Version version : versions.keySet()) {
            if (version.position() == block.position()) {
                count++;
            }
        }
        return count;
    }

    /** Emits a block; gives the offset where control goes on, or {@link #GONE}. */
    private long emit(Block block) {
        int left = block.steps();
        for (BoundProgram program : block.programs()) {
            lowering.lower(program, left--);
        }
        BoundProgram last = block.programs().getLast();
        Lowering.Skip skip = lowering.takeSkip();
        if (skip != null) {
            edges.add(new Edge(skip.label(), skip.flags(), last.nextOffset()));
        }
        if (last.terminator().op() != IrOp.NEXT) {
            return branch(last);
        }
        if (block.interpreted() != null) {
            asm.jump(handOver(block, last.nextOffset()));
            return GONE;
        }
        return last.nextOffset();
    }

    private long branch(BoundProgram program) {
        IrOp op = program.terminator().op();
        if (op == IrOp.JUMP_IF) {
            return branchIf(program, RegionDiscovery.target(program, 1));
        }
        if (op == IrOp.REPEAT) {
            return branchIf(program, program.offset());
        }
        if (RegionDiscovery.isDirect(program)) {
            return RegionDiscovery.target(program, 0);
        }
        lowering.branchThroughCache();
        return GONE;
    }

    private long branchIf(BoundProgram program, long taken) {
        FlagState flags = lowering.flags();
        Cond condition = lowering.branchCondition();
        Label label = new Label();
        if (!isEmitted(taken, flags)) {
            asm.jump(condition, label);
            edges.add(new Edge(label, flags, taken));
            return program.nextOffset();
        }
        asm.jump(condition.negate(), label);
        go(taken);
        edges.addFirst(new Edge(label, flags, program.nextOffset()));
        return GONE;
    }

    private boolean isEmitted(long offset, FlagState flags) {
        int position = page.position(offset);
        Boolean live = page.contains(offset) ? flagsLive.get(position) : null;
        return live != null && versions.containsKey(new Version(position, live ? flags : FlagState.DEAD));
    }

    /** Goes to code that may be in another region: looks where, or leaves for Java to find out. */
    private void goThroughCache(long target) {
        lowering.storeFlags();
        int entry = JumpCacheLayout.offsetOf(target);
        asm.mov(Width.I64, RegisterMap.SCRATCH2, RegisterMap.state(GuestState.JUMP_CACHE));
        HostAddress key = HostAddress.at(RegisterMap.SCRATCH2, entry + JumpCacheLayout.TARGET);
        if (target == (int) target) {
            asm.alu(Alu.CMP, Width.I64, key, target);
        } else {
            asm.mov(RegisterMap.SCRATCH, target);
            asm.alu(Alu.CMP, Width.I64, key, RegisterMap.SCRATCH);
        }
        asm.jump(Cond.NE, leave(Exit.Reason.LOOK_UP, target, 0));
        asm.jump(HostAddress.at(RegisterMap.SCRATCH2, entry + JumpCacheLayout.HOST));
    }

    private Label handOver(Block block, long offset) {
        return stubs.stub(new Exit(Exit.Reason.HAND_OVER, offset, block.interpreted(), 0, lowering.flags(), 0, 0,
            false));
    }

    private Label leave(Exit.Reason reason, long offset, int giveBack) {
        return stubs.stub(new Exit(reason, offset, null, giveBack, lowering.flags(), 0, 0, false));
    }
}
