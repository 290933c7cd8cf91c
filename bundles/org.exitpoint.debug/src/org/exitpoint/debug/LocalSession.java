/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.debug.api.Session;
import org.exitpoint.debug.api.SessionException;
import org.exitpoint.debug.api.SessionListener;
import org.exitpoint.debug.api.StaleStopException;
import org.exitpoint.debug.api.StepKind;
import org.exitpoint.debug.api.address.Address;
import org.exitpoint.debug.api.breakpoint.Breakpoint;
import org.exitpoint.debug.api.context.Context;
import org.exitpoint.debug.api.context.ContextId;
import org.exitpoint.debug.api.inspect.AccessKind;
import org.exitpoint.debug.api.inspect.ExitRecord;
import org.exitpoint.debug.api.inspect.InstructionText;
import org.exitpoint.debug.api.inspect.MemoryBytes;
import org.exitpoint.debug.api.inspect.PageWalkReport;
import org.exitpoint.debug.api.inspect.RegisterGroup;
import org.exitpoint.debug.api.inspect.VmcsFieldValue;
import org.exitpoint.debug.api.stop.Stop;
import org.exitpoint.debug.exit.ExitTrace;
import org.exitpoint.debug.port.MachineControl;
import org.exitpoint.debug.step.Runner.Result;

/**
 * A session with a machine in this JVM. Two threads of its own: the machine's thread runs the machine and answers
 * queries between runs, the dispatcher calls listeners.
 */
public final class LocalSession implements Session {
    private static final String CLOSED = "the session is closed";

    private final MachineControl machine;
    private final Optional<ExitTrace> trace;
    private final ExecutorService machineThread = thread("exitpoint machine");
    private final ExecutorService dispatcher = thread("exitpoint events");
    private final List<SessionListener> listeners = new CopyOnWriteArrayList<>();
    private final Inspection inspection;
    /** Set on the machine's thread; null while the machine runs. */
    private volatile Stop stop;
    private volatile boolean pauseWanted;
    private volatile boolean closed;
    /** Machine's thread only. */
    private long lastStop;
    /** What listeners were told last. The dispatcher's thread only. */
    private Stop announced;

    /**
     * A session with a machine that has not run yet; it owns the machine and the trace.
     *
     * @param machine the machine
     * @param trace where VM exits are written, if anywhere
     */
    public LocalSession(MachineControl machine, Optional<ExitTrace> trace) {
        this.machine = machine;
        this.trace = trace;
        inspection = new Inspection(machine, trace);
        Stop ready = await(() -> inspection.stops().ready(0));
        stop = ready;
        dispatcher.execute(() -> announced = ready);
    }

    private static ExecutorService thread(String name) {
        return Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void addListener(SessionListener listener) {
        dispatcher.execute(() -> {
            listeners.add(listener);
            if (announced != null) {
                listener.stopped(announced);
            }
        });
    }

    @Override
    public Optional<Stop> stop() {
        return Optional.ofNullable(stop);
    }

    @Override
    public void resume() {
        resume(Long.MAX_VALUE);
    }

    @Override
    public void resume(long steps) {
        if (steps < 1) {
            throw new SessionException("a run takes at least one step");
        }
        start(() -> inspection.runner().run(steps));
    }

    @Override
    public void step(int vcpu, StepKind kind) {
        if (vcpu < 0 || vcpu >= machine.processors().size()) {
            throw new SessionException("there is no processor " + vcpu);
        }
        start(() -> inspection.runner().step(vcpu, kind));
    }

    private synchronized void start(Supplier<Result> run) {
        Stop present = stop;
        if (present == null) {
            throw new SessionException(closed ? CLOSED : "the machine runs already");
        }
        if (present.reason().isFinal()) {
            throw new SessionException("the run is over");
        }
        pauseWanted = false;
        stop = null;
        dispatcher.execute(() -> {
            announced = null;
            listeners.forEach(SessionListener::resumed);
        });
        machineThread.execute(() -> runToStop(run));
    }

    private void runToStop(Supplier<Result> run) {
        try {
            Result result = run.get();
            // A request from before this run is none.
            while (isPause(result) && !pauseWanted) {
                result = run.get();
            }
            Stop reached = inspection.stops().make(++lastStop, result);
            stop = reached;
            dispatcher.execute(() -> {
                announced = reached;
                listeners.forEach(listener -> listener.stopped(reached));
            });
        } catch (UncheckedIOException e) {
            terminate("the trace of VM exits cannot be written: " + e.getCause().getMessage());
        } catch (RuntimeException | Error e) {
            // Whatever broke, a client must not wait for a stop that will not come.
            terminate("the debugger failed at step " + inspection.steps() + ": " + e);
        }
    }

    private static boolean isPause(Result result) {
        return result instanceof Result.Machine(org.exitpoint.machine.Stop why)
                && why instanceof org.exitpoint.machine.Stop.Paused;
    }

    @Override
    public void pause() {
        if (stop == null) {
            pauseWanted = true;
            machine.requestPause();
        }
    }

    @Override
    public int add(Breakpoint breakpoint) {
        return inspection.breakpoints().add(breakpoint);
    }

    @Override
    public void remove(int number) {
        if (!inspection.breakpoints().remove(number)) {
            throw new SessionException("there is no breakpoint " + number);
        }
    }

    @Override
    public Map<Integer, Breakpoint> breakpoints() {
        return inspection.breakpoints().all();
    }

    @Override
    public List<Context> contexts(long stopId) {
        return query(stopId, () -> inspection.contexts().tree());
    }

    @Override
    public List<RegisterGroup> registers(long stopId, ContextId context) {
        return query(stopId, () -> inspection.inspector().registers(context));
    }

    @Override
    public void writeRegister(long stopId, ContextId context, String register, long value) {
        query(stopId, () -> {
            inspection.writeRegister(context, register, value);
            return null;
        });
    }

    @Override
    public List<VmcsFieldValue> vmcs(long stopId, ContextId.Guest guest) {
        return query(stopId, () -> inspection.vmcs(guest));
    }

    @Override
    public void writeVmcs(long stopId, ContextId.Guest guest, VmcsField field, long value) {
        query(stopId, () -> {
            inspection.writeVmcs(guest, field, value);
            return null;
        });
    }

    @Override
    public MemoryBytes readMemory(long stopId, Address address, int length) {
        return query(stopId, () -> inspection.memory().read(address, length));
    }

    @Override
    public void writeMemory(long stopId, Address address, byte[] bytes) {
        byte[] copy = bytes.clone();
        query(stopId, () -> {
            inspection.writeMemory(address, copy);
            return null;
        });
    }

    @Override
    public PageWalkReport walk(long stopId, Address address, AccessKind access) {
        return query(stopId, () -> inspection.walks().walk(address, access));
    }

    @Override
    public List<InstructionText> disassemble(long stopId, Address address, int count) {
        return query(stopId, () -> inspection.code().read(address, count));
    }

    @Override
    public List<ExitRecord> exitLog(long from, int count) {
        return inspection.log().read(from, count);
    }

    @Override
    public Address parseAddress(long stopId, String text) {
        return query(stopId, () -> {
            try {
                return inspection.grammar(stop.current()).parse(text);
            } catch (IllegalArgumentException e) {
                throw new SessionException(e.getMessage());
            }
        });
    }

    @Override
    public String format(Address address) {
        return query(present().id(), () -> inspection.grammar(new ContextId.Root(0)).format(address));
    }

    private Stop present() {
        return stop().orElseThrow(() -> new SessionException(closed ? CLOSED : "the machine runs"));
    }

    /**
     * What the machine counted, for people.
     *
     * @return one item a line
     */
    public List<String> statistics() {
        return query(present().id(), machine::statistics);
    }

    private <T> T query(long stopId, Callable<T> question) {
        requireStop(stopId);
        return await(() -> {
            requireStop(stopId);
            return question.call();
        });
    }

    /** Also checked before waiting: nobody waits for a machine that runs. */
    private void requireStop(long stopId) {
        Stop present = stop;
        if (present == null || present.id() != stopId) {
            throw new StaleStopException(stopId);
        }
    }

    private <T> T await(Callable<T> task) {
        try {
            Future<T> answer = machineThread.submit(task);
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new SessionException("the debugger failed: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SessionException("interrupted while waiting for the machine");
        } catch (RejectedExecutionException e) {
            throw new SessionException(CLOSED);
        }
    }

    /** What was written was flushed at the last stop, so that a failure here loses nothing. */
    private void closeTrace() {
        try {
            if (trace.isPresent()) {
                trace.get().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void terminate(String cause) {
        closed = true;
        stop = null;
        dispatcher.execute(() -> listeners.forEach(listener -> listener.terminated(cause)));
        dispatcher.shutdown();
    }

    @Override
    public synchronized void close() {
        if (machineThread.isShutdown()) {
            return;
        }
        pause();
        machineThread.execute(() -> {
            if (!closed) {
                terminate("");
            }
            closeTrace();
            machine.close();
        });
        machineThread.shutdown();
    }
}
