/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate;

import java.util.ArrayList;
import java.util.List;

import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.engine.CodeListener;
import org.exitpoint.cpu.engine.Engine;
import org.exitpoint.cpu.interpreter.Interpreter;
import org.exitpoint.cpu.memory.CodeMemory;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.StatusFlags;
import org.exitpoint.isa.decode.Decoder;
import org.exitpoint.isa.shape.CodeMode;
import org.exitpoint.machine.PhysicalMemory;
import org.exitpoint.mmu.memory.CodeGranules;
import org.exitpoint.mmu.tlb.FastTlb;
import org.exitpoint.translate.emit.CodeBuffer;
import org.exitpoint.translate.emit.HostAssembler;
import org.exitpoint.translate.lower.Exit;
import org.exitpoint.translate.region.CodePage;
import org.exitpoint.translate.region.Region;
import org.exitpoint.translate.region.RegionCompiler;

/** Engine 1 of one core: runs hot code translated, and gives the interpreter the rest. */
public final class Translator implements Engine, AutoCloseable {
    private static final long BUFFER_BYTES = 32L << 20;
    /** More than the code of any region takes. */
    private static final long REGION_BYTES = 1 << 18;
    private static final int HOT = 16;
    private static final int MODES = CodeMode.values().length;

    private final Core core;
    private final GuestState state;
    private final Interpreter interpreter;
    private final CodeMemory code;
    private final CodeListener codeListener;
    private final CodeBuffer buffer = new CodeBuffer(BUFFER_BYTES);
    private final EntryCode entryCode;
    private final long firstRegion;
    private final AccessFiller filler;
    private final RegionCache regions = new RegionCache();
    private final HeatMap heat;
    private final JumpCache[] jumpCaches = new JumpCache[FastTlb.BANKS * MODES];
    private final List<Exit> exits = new ArrayList<>();
    private final List<Interpreter.Prepared> prepared = new ArrayList<>();
    private final Decoder decoder;
    private long retired;
    private long handedOver;
    private int generation;

    /**
     * A translator of a core.
     *
     * @param interpreter executes what is not translated, on the same core
     * @param code instruction fetch
     * @param codeListener told which physical bytes were translated
     * @throws IllegalStateException if the host's processor will not do; see {@link #isSupported}
     */
    public Translator(Core core, Interpreter interpreter, CodeMemory code, CodeListener codeListener) {
        this(core, interpreter, code, codeListener, HOT);
    }

    /** A translator that translates what was come to more often than {@code hot} times. */
    Translator(Core core, Interpreter interpreter, CodeMemory code, CodeListener codeListener, int hot) {
        if (!isSupported()) {
            throw new IllegalStateException("emitted code needs a host with POPCNT, LZCNT, BMI1 and BMI2");
        }
        this.core = core;
        this.state = core.state();
        this.interpreter = interpreter;
        this.code = code;
        this.codeListener = codeListener;
        this.heat = new HeatMap(hot);
        this.decoder = new Decoder(core.features()::has);
        this.filler = new AccessFiller(core);
        this.entryCode = new EntryCode(new HostAssembler(buffer));
        this.firstRegion = buffer.position();
        core.mmu().fastTlb().onExecutableChanged(this::forgetTargets);
    }

    /** Whether this host can run emitted code. */
    public static boolean isSupported() {
        return HostFeatures.suffice();
    }

    /**
     * Sets how often a place must have been come to before it is translated. The guest cannot tell.
     *
     * @param visits 0, to translate everything at once, to 127
     */
    public void translateAfter(int visits) {
        heat.setHot(visits);
    }

    // Running.

    @Override
    public void execute() {
        long before = state.get(GuestState.BUDGET);
        long retiredHere = 0;
        try {
            while (state.get(GuestState.BUDGET) > 0 && executeSome()) {
                long budget = state.get(GuestState.BUDGET);
                retiredHere += before - budget;
                before = budget;
            }
        } finally {
            retired += retiredHere + before - state.get(GuestState.BUDGET);
        }
    }

    /** Runs from the instruction pointer until something is to be decided; false to go back to the boundary. */
    private boolean executeSome() {
        CodeMode mode = TranslationMode.of(state);
        if (mode == null) {
            return interpretBlock();
        }
        JumpCache targets = enterContext(mode);
        long offset = state.rip();
        long host = targets.find(offset);
        if (host == 0) {
            long physical = code.physical(offset);
            RegionCache.Entry entry = new RegionCache.Entry(physical, offset & -PhysicalMemory.PAGE_SIZE, mode);
            Long known = regions.find(entry);
            if (known == null) {
                if (!heat.isHot(physical)) {
                    return interpretBlock();
                }
                known = translate(entry, offset);
            }
            if (known == 0) {
                return interpretOne();
            }
            host = known;
            targets.put(offset, host);
        }
        return run(host);
    }

    private boolean interpretBlock() {
        long before = state.get(GuestState.BUDGET);
        boolean goesOn = interpreter.executeBlock();
        handedOver += before - state.get(GuestState.BUDGET);
        return goesOn;
    }

    private boolean interpretOne() {
        handedOver++;
        return interpreter.step();
    }

    /** Has the interpreter do the instruction that an exit stands before. */
    private boolean interpretAt(int exitNumber) {
        handedOver++;
        Interpreter.Prepared instruction = prepared.get(exitNumber);
        if (instruction == null) {
            instruction = interpreter.prepare(exits.get(exitNumber).instruction());
            prepared.set(exitNumber, instruction);
        }
        return interpreter.step(instruction);
    }

    /** Points the state block at the TLB bank and the jump cache for the processor's mode. */
    private JumpCache enterContext(CodeMode mode) {
        int bank = core.mmu().bank(core.memory().explicitAccess());
        int number = bank * MODES + mode.ordinal();
        JumpCache targets = jumpCaches[number];
        if (targets == null) {
            targets = new JumpCache();
            jumpCaches[number] = targets;
        }
        state.set(GuestState.TLB_BANK, core.mmu().fastTlb().address(bank));
        state.set(GuestState.JUMP_CACHE, targets.address());
        return targets;
    }

    private boolean run(long entry) {
        long host = entry;
        while (true) {
            int number = entryCode.run(state.address(), host);
            Exit exit = exits.get(number);
            switch (exit.reason()) {
                case LOOK_UP -> {
                    settle(exit);
                    return true;
                }
                case HAND_OVER -> {
                    settle(exit);
                    return state.get(GuestState.BUDGET) <= 0 || interpretAt(number);
                }
                case BUDGET -> {
                    settle(exit);
                    return state.get(GuestState.BUDGET) <= 0 || interpretBlock();
                }
                case TLB_MISS -> {
                    int seen = generation;
                    boolean filled = filler.fill(exit);
                    if (!filled || seen != generation) {
                        settle(exit);
                        return filled || interpretAt(number);
                    }
                }
                case EXPLICIT_FLAGS -> StatusFlags.set(state, StatusFlags.word(state));
            }
            host = exit.restart();
        }
    }

    /** Makes the state block the processor's state at an exit. */
    private void settle(Exit exit) {
        exit.flags().store(state);
        state.setRip(exit.offset());
        state.set(GuestState.BUDGET, state.get(GuestState.BUDGET) + exit.giveBack());
    }

    // Translating.

    private long translate(RegionCache.Entry entry, long offset) {
        if (buffer.remaining() < REGION_BYTES) {
            flush();
        }
        byte[] bytes = new byte[PhysicalMemory.PAGE_SIZE];
        long physicalPage = entry.physical() & -PhysicalMemory.PAGE_SIZE;
        code.read(entry.linearPage(), physicalPage, bytes, 0);
        CodePage page = new CodePage(entry.linearPage(), bytes, entry.mode(), state.stackWidth());
        Region region = RegionCompiler.compile(new HostAssembler(buffer), this::number, entryCode.leaving(), page,
            decoder, offset);
        int position = page.position(offset);
        long granules = CodeGranules.granules(entry.physical(),
            Math.min(Decoder.MAX_LENGTH, bytes.length - position));
        regions.add(entry, region, granules);
        report(physicalPage, region == null ? granules : region.granules());
        return region == null ? 0 : region.entries().get(position);
    }

    private void report(long physicalPage, long granules) {
        for (int i = 0; i < Long.SIZE; i++) {
            if ((granules >>> i & 1) != 0) {
                codeListener.decoded(physicalPage + ((long) i << CodeGranules.GRANULE_SHIFT),
                    1 << CodeGranules.GRANULE_SHIFT);
            }
        }
    }

    private int number(Exit exit) {
        exits.add(exit);
        prepared.add(null);
        return exits.size() - 1;
    }

    // Forgetting.

    @Override
    public void invalidate(long address, int bytes) {
        if (regions.invalidate(address & -PhysicalMemory.PAGE_SIZE, CodeGranules.granules(address, bytes))) {
            forgetAllTargets();
        }
    }

    private void forgetTargets(int bank) {
        for (int mode = 0; mode < MODES; mode++) {
            JumpCache targets = jumpCaches[bank * MODES + mode];
            if (targets != null) {
                targets.clear();
            }
        }
        generation++;
    }

    private void forgetAllTargets() {
        for (int bank = 0; bank < FastTlb.BANKS; bank++) {
            forgetTargets(bank);
        }
    }

    @Override
    public void flush() {
        regions.clear();
        forgetAllTargets();
        exits.clear();
        prepared.clear();
        buffer.rewind(firstRegion);
    }

    @Override
    public Statistics statistics() {
        return new Statistics(retired, handedOver, regions.made(), buffer.used());
    }

    /** Gives the host's memory back; the translator must not be used any more. */
    @Override
    public void close() {
        buffer.close();
        for (JumpCache targets : jumpCaches) {
            if (targets != null) {
                targets.close();
            }
        }
    }
}
