/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.devices.pic;

import static org.exitpoint.devices.pic.Pic8259Registers.A0_LOW;
import static org.exitpoint.devices.pic.Pic8259Registers.ICW1;
import static org.exitpoint.devices.pic.Pic8259Registers.ICW1_IC4;
import static org.exitpoint.devices.pic.Pic8259Registers.ICW1_LTIM;
import static org.exitpoint.devices.pic.Pic8259Registers.ICW1_SNGL;
import static org.exitpoint.devices.pic.Pic8259Registers.ICW2_VECTOR_MASK;
import static org.exitpoint.devices.pic.Pic8259Registers.ICW4_AEOI;
import static org.exitpoint.devices.pic.Pic8259Registers.ICW4_SFNM;
import static org.exitpoint.devices.pic.Pic8259Registers.OCW2_CLEAR_ROTATE_ON_AUTOMATIC_EOI;
import static org.exitpoint.devices.pic.Pic8259Registers.OCW2_COMMAND_SHIFT;
import static org.exitpoint.devices.pic.Pic8259Registers.OCW2_LEVEL_MASK;
import static org.exitpoint.devices.pic.Pic8259Registers.OCW2_NON_SPECIFIC_EOI;
import static org.exitpoint.devices.pic.Pic8259Registers.OCW2_ROTATE_ON_NON_SPECIFIC_EOI;
import static org.exitpoint.devices.pic.Pic8259Registers.OCW2_ROTATE_ON_SPECIFIC_EOI;
import static org.exitpoint.devices.pic.Pic8259Registers.OCW2_SET_PRIORITY;
import static org.exitpoint.devices.pic.Pic8259Registers.OCW2_SET_ROTATE_ON_AUTOMATIC_EOI;
import static org.exitpoint.devices.pic.Pic8259Registers.OCW2_SPECIFIC_EOI;
import static org.exitpoint.devices.pic.Pic8259Registers.OCW3;
import static org.exitpoint.devices.pic.Pic8259Registers.OCW3_ESMM;
import static org.exitpoint.devices.pic.Pic8259Registers.OCW3_POLL;
import static org.exitpoint.devices.pic.Pic8259Registers.OCW3_RIS;
import static org.exitpoint.devices.pic.Pic8259Registers.OCW3_RR;
import static org.exitpoint.devices.pic.Pic8259Registers.OCW3_SMM;
import static org.exitpoint.devices.pic.Pic8259Registers.POLL_PENDING;

import java.util.OptionalLong;
import org.exitpoint.machine.Device;
import org.exitpoint.machine.InterruptLine;
import org.exitpoint.machine.StateReader;
import org.exitpoint.machine.StateWriter;

/**
 * One Intel 8259A programmable interrupt controller, two byte-wide registers.
 *
 * <p>As in a chipset it always works in 8086 mode, and an edge/level control register outside the chip can make single
 * inputs level-triggered. The data sheet leaves the chip undefined until it is initialized; here every input is masked
 * after reset.
 */
public final class Pic8259 implements Device {
    /** Inputs of one chip, IR0 to IR7. */
    public static final int INPUTS = 8;
    /** Registers of one chip. */
    public static final int PORTS = 2;

    private static final int LOWEST_LEVEL = INPUTS - 1;
    private static final int NONE = -1;

    private final String name;
    private final int cascadedInputs;
    private final InterruptLine output;

    private int lines;
    private int edges;
    private int inService;
    private int mask = 0xFF;
    private int levelTriggered;
    private boolean allLevelTriggered;
    private int vectorBase;
    /** Next expected initialization word, 2 to 4; 0 outside an initialization sequence. */
    private int initializationWord;
    private boolean expectsIcw3;
    private boolean expectsIcw4;
    private boolean automaticEoi;
    private boolean specialFullyNested;
    private boolean specialMask;
    private boolean readsInService;
    private boolean poll;
    private boolean rotateOnAutomaticEoi;
    private int lowestPriority = LOWEST_LEVEL;

    /**
     * A controller after reset.
     *
     * @param name the device's name
     * @param cascadedInputs bit mask of the inputs that slaves are wired to; 0 for a slave
     * @param output the INT output
     */
    public Pic8259(String name, int cascadedInputs, InterruptLine output) {
        this.name = name;
        this.cascadedInputs = cascadedInputs;
        this.output = output;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int widestAccess() {
        return 1;
    }

    /** Drives input IR{@code input}. An edge-triggered request holds only as long as its line stays high. */
    public void setInput(int input, boolean asserted) {
        int bit = 1 << input;
        if (asserted) {
            edges |= ~lines & bit;
            lines |= bit;
        } else {
            lines &= ~bit;
            edges &= ~bit;
        }
        driveOutput();
    }

    /**
     * The processor's interrupt-acknowledge cycle: takes the request of the highest priority into service.
     *
     * <p>If the request went away meanwhile, the answer is IR7 and nothing is in service ("default IR7").
     *
     * @return the vector
     */
    public int acknowledge() {
        int level = takeHighest();
        return vectorBase | (level == NONE ? LOWEST_LEVEL : level);
    }

    /** The input of the highest priority that requests service now, or -1. */
    int highestRequest() {
        int candidates = requests() & ~mask;
        int blocking = specialMask ? inService & ~mask : inService;
        for (int i = 1; i <= INPUTS; i++) {
            int level = lowestPriority + i & LOWEST_LEVEL;
            int bit = 1 << level;
            boolean served = (blocking & bit) != 0;
            boolean nests = specialFullyNested && (cascadedInputs & bit) != 0;
            if ((candidates & bit) != 0 && (!served || nests)) {
                return level;
            }
            if (served) {
                return NONE;
            }
        }
        return NONE;
    }

    boolean requestsInterrupt() {
        return highestRequest() != NONE;
    }

    /** Sets which inputs are level-triggered besides those that ICW1 says, a bit each. */
    void setLevelTriggered(int inputs) {
        levelTriggered = inputs;
        driveOutput();
    }

    int levelTriggered() {
        return levelTriggered;
    }

    private int requests() {
        int level = allLevelTriggered ? 0xFF : levelTriggered;
        return lines & level | edges & ~level;
    }

    /** INT falls in between, so that a further request is a new edge to whatever the output is wired to. */
    private int takeHighest() {
        int level = highestRequest();
        if (level != NONE) {
            int bit = 1 << level;
            edges &= ~bit;
            if (!automaticEoi) {
                inService |= bit;
            } else if (rotateOnAutomaticEoi) {
                lowestPriority = level;
            }
        }
        output.set(false);
        driveOutput();
        return level;
    }

    private void driveOutput() {
        output.set(requestsInterrupt());
    }

    @Override
    public long read(long offset, int bytes) {
        long value = value(offset);
        if (poll) {
            poll = false;
            takeHighest();
        }
        return value;
    }

    @Override
    public OptionalLong peek(long offset, int bytes) {
        return OptionalLong.of(value(offset));
    }

    private int value(long offset) {
        if (poll) {
            int level = highestRequest();
            return level == NONE ? 0 : POLL_PENDING | level;
        }
        if (offset != A0_LOW) {
            return mask;
        }
        return readsInService ? inService : requests();
    }

    @Override
    public void write(long offset, int bytes, long value) {
        int data = (int) value & 0xFF;
        if (offset != A0_LOW) {
            writeData(data);
        } else if ((data & ICW1) != 0) {
            startInitialization(data);
        } else if ((data & OCW3) != 0) {
            operate3(data);
        } else {
            operate2(data >> OCW2_COMMAND_SHIFT, data & OCW2_LEVEL_MASK);
        }
        driveOutput();
    }

    /** Data sheet, "Initialization Command Words 1 and 2 (ICW1, ICW2)", items a to f. */
    private void startInitialization(int icw1) {
        edges = 0;
        mask = 0;
        lowestPriority = LOWEST_LEVEL;
        specialMask = false;
        readsInService = false;
        inService = 0;
        poll = false;
        rotateOnAutomaticEoi = false;
        automaticEoi = false;
        specialFullyNested = false;
        allLevelTriggered = (icw1 & ICW1_LTIM) != 0;
        expectsIcw3 = (icw1 & ICW1_SNGL) == 0;
        expectsIcw4 = (icw1 & ICW1_IC4) != 0;
        initializationWord = 2;
    }

    private void writeData(int data) {
        switch (initializationWord) {
            case 2 -> {
                vectorBase = data & ICW2_VECTOR_MASK;
                initializationWord = expectsIcw3 ? 3 : expectsIcw4 ? 4 : 0;
            }
            // ICW3 only names the wiring of the cascade, which the board fixes.
            case 3 -> initializationWord = expectsIcw4 ? 4 : 0;
            case 4 -> {
                automaticEoi = (data & ICW4_AEOI) != 0;
                specialFullyNested = (data & ICW4_SFNM) != 0;
                initializationWord = 0;
            }
            default -> mask = data;
        }
    }

    private void operate3(int ocw3) {
        if ((ocw3 & OCW3_ESMM) != 0) {
            specialMask = (ocw3 & OCW3_SMM) != 0;
        }
        if ((ocw3 & OCW3_POLL) != 0) {
            poll = true;
        } else if ((ocw3 & OCW3_RR) != 0) {
            readsInService = (ocw3 & OCW3_RIS) != 0;
        }
    }

    private void operate2(int command, int level) {
        switch (command) {
            case OCW2_NON_SPECIFIC_EOI -> endHighestInService();
            case OCW2_ROTATE_ON_NON_SPECIFIC_EOI -> {
                int ended = endHighestInService();
                if (ended != NONE) {
                    lowestPriority = ended;
                }
            }
            case OCW2_SPECIFIC_EOI -> inService &= ~(1 << level);
            case OCW2_ROTATE_ON_SPECIFIC_EOI -> {
                inService &= ~(1 << level);
                lowestPriority = level;
            }
            case OCW2_SET_PRIORITY -> lowestPriority = level;
            case OCW2_SET_ROTATE_ON_AUTOMATIC_EOI -> rotateOnAutomaticEoi = true;
            case OCW2_CLEAR_ROTATE_ON_AUTOMATIC_EOI -> rotateOnAutomaticEoi = false;
            default -> {
                // The remaining combination is "No Operation".
            }
        }
    }

    /** "An IS bit that is masked by an IMR bit will not be cleared by a non-specific EOI in Special Mask Mode." */
    private int endHighestInService() {
        int ending = specialMask ? inService & ~mask : inService;
        for (int i = 1; i <= INPUTS; i++) {
            int level = lowestPriority + i & LOWEST_LEVEL;
            if ((ending & 1 << level) != 0) {
                inService &= ~(1 << level);
                return level;
            }
        }
        return NONE;
    }

    /** Resets the chip; the levels of its input lines belong to those who drive them and stay. */
    @Override
    public void reset() {
        startInitialization(0);
        initializationWord = 0;
        expectsIcw3 = false;
        vectorBase = 0;
        levelTriggered = 0;
        mask = 0xFF;
        driveOutput();
    }

    @Override
    public void save(StateWriter out) {
        out.number("lines", lines);
        out.number("edges", edges);
        out.number("inService", inService);
        out.number("mask", mask);
        out.number("levelTriggered", levelTriggered);
        out.number("allLevelTriggered", bit(allLevelTriggered));
        out.number("vectorBase", vectorBase);
        out.number("initializationWord", initializationWord);
        out.number("expectsIcw3", bit(expectsIcw3));
        out.number("expectsIcw4", bit(expectsIcw4));
        out.number("automaticEoi", bit(automaticEoi));
        out.number("specialFullyNested", bit(specialFullyNested));
        out.number("specialMask", bit(specialMask));
        out.number("readsInService", bit(readsInService));
        out.number("poll", bit(poll));
        out.number("rotateOnAutomaticEoi", bit(rotateOnAutomaticEoi));
        out.number("lowestPriority", lowestPriority);
    }

    private static long bit(boolean value) {
        return value ? 1 : 0;
    }

    @Override
    public void restore(StateReader in) {
        lines = (int) in.number("lines");
        edges = (int) in.number("edges");
        inService = (int) in.number("inService");
        mask = (int) in.number("mask");
        levelTriggered = (int) in.number("levelTriggered");
        allLevelTriggered = in.number("allLevelTriggered") != 0;
        vectorBase = (int) in.number("vectorBase");
        initializationWord = (int) in.number("initializationWord");
        expectsIcw3 = in.number("expectsIcw3") != 0;
        expectsIcw4 = in.number("expectsIcw4") != 0;
        automaticEoi = in.number("automaticEoi") != 0;
        specialFullyNested = in.number("specialFullyNested") != 0;
        specialMask = in.number("specialMask") != 0;
        readsInService = in.number("readsInService") != 0;
        poll = in.number("poll") != 0;
        rotateOnAutomaticEoi = in.number("rotateOnAutomaticEoi") != 0;
        lowestPriority = (int) in.number("lowestPriority");
    }
}
