/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.silicon;

import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A child process that executes instructions on the host processor; built from source with the host's compiler. */
final class NativeRunner implements AutoCloseable {
    private static final String SOURCE = "silicon-runner.c";
    private static final long EXCHANGE_SIZE = 4L << 20;

    private final Arena arena = Arena.ofShared();
    private final Process process;
    private final DataInputStream answers;
    private final MemorySegment exchange;
    private final ByteBuffer count = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);

    /** Starts a runner that exchanges cases through a file in the directory. */
    NativeRunner(Path program, Path directory) throws IOException {
        Path file = Files.createTempFile(directory, "exchange", null);
        try (RandomAccessFile random = new RandomAccessFile(file.toFile(), "rw")) {
            random.setLength(EXCHANGE_SIZE);
            exchange = random.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, EXCHANGE_SIZE, arena);
        }
        process = new ProcessBuilder(program.toString(), file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        answers = new DataInputStream(process.getInputStream());
        run(0);
    }

    /** Whether the host is one that the runner is written for. */
    static boolean isHostSuitable() {
        return System.getProperty("os.name").equals("Linux") && System.getProperty("os.arch").equals("amd64");
    }

    /** Builds the runner in a directory; null if there is no compiler. */
    static Path build(Path directory) throws IOException, InterruptedException {
        Path source = directory.resolve(SOURCE);
        try (InputStream in = NativeRunner.class.getResourceAsStream(SOURCE)) {
            Files.write(source, in.readAllBytes());
        }
        Path program = directory.resolve("silicon-runner");
        File log = directory.resolve("build.log").toFile();
        Process compiler;
        try {
            compiler = new ProcessBuilder("gcc", "-O2", "-no-pie", "-fno-pie", "-fno-stack-protector", "-mno-red-zone",
                "-fcf-protection=none", "-Wl,-Ttext-segment=0x31000000", "-Wl,-z,now", "-o", program.toString(),
                source.toString()).redirectErrorStream(true).redirectOutput(log).start();
        } catch (IOException e) {
            return null;
        }
        if (compiler.waitFor() != 0) {
            throw new IOException("the runner does not compile: " + Files.readString(log.toPath()));
        }
        return program;
    }

    /** What the program says with these arguments. */
    static List<String> output(Path program, String argument) throws IOException {
        Process process = new ProcessBuilder(program.toString(), argument)
            .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
    }

    /** Whether the kernel lets programs have 16-bit segments. */
    boolean has16Bit() {
        return (exchange.get(ValueLayout.JAVA_INT, NativeCase.ABILITIES) & NativeCase.HAS_16BIT) != 0;
    }

    /** The memory shared with the child: header and cases. */
    MemorySegment exchange() {
        return exchange;
    }

    /** Runs the first cases of the exchange. Fails if the child died or says nothing. */
    void run(int cases) throws IOException {
        process.getOutputStream().write(count.putInt(0, cases).array());
        process.getOutputStream().flush();
        if (Integer.reverseBytes(answers.readInt()) != cases) {
            throw new IOException("the runner answers nonsense");
        }
    }

    @Override
    public void close() {
        process.destroy();
        arena.close();
    }
}
