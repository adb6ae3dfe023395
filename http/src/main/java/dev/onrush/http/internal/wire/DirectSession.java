package dev.onrush.http.internal.wire;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.Command;
import org.apache.hc.core5.reactor.IOSession;
import org.jspecify.annotations.Nullable;

/**
 * HttpCore's session of a plain connection, which does without the selector where it can. HttpCore asks for input again after each
 * response, and wishes to write before and after each request; every such wish costs a system call and one more round of the
 * selector. Here a wish that is fulfilled already costs nothing. And while a thread has its <em>turn</em> at the connection,
 * commands and wishes to write are kept, for that thread to carry them out at once.
 *
 * <p>One thread at a time has a turn: the I/O thread for each event, any other for a command of its own, if nobody else has it.
 */
final class DirectSession extends ForwardingSession {
    private static final int READ_AND_WRITE = SelectionKey.OP_READ | SelectionKey.OP_WRITE;
    /** A request, its end, the closing of the connection, and one to spare. */
    private static final int MOST_ROUNDS = 4;

    private final IOSession session;
    private final ReentrantLock turn = new ReentrantLock();

    // ---- of who has the turn
    private @Nullable Command urgent;
    private @Nullable Command next;
    private boolean wantsOutput;

    DirectSession(IOSession session) {
        this.session = session;
    }

    @Override
    IOSession session() {
        return session;
    }

    // ---- turns

    /** Of the I/O thread: waits for another thread that is sending. */
    void beginTurn() {
        turn.lock();
    }

    /** Carries out what came up in this turn, as far as the socket takes it, and ends the turn. */
    void endTurn(ConnectionEvents events) throws IOException {
        try {
            carryOut(events);
        } finally {
            leaveTurn();
        }
    }

    /** Ends the turn; what came up in it is left to the selector. */
    void leaveTurn() {
        try {
            if (isPending() && turn.getHoldCount() == 1 && (interest() & SelectionKey.OP_WRITE) == 0) {
                session.setEvent(SelectionKey.OP_WRITE);
            }
        } finally {
            turn.unlock();
        }
    }

    private void carryOut(ConnectionEvents events) throws IOException {
        if (turn.getHoldCount() == 1) {
            for (int round = 0; round < MOST_ROUNDS && isPending(); round++) {
                events.output(this);
            }
        }
    }

    private boolean isPending() {
        return wantsOutput || next != null || urgent != null;
    }

    /** Carried out by this thread, at once or at the end of its turn; by the I/O thread, if another has the turn. */
    @Override
    public void enqueue(Command command, Command.Priority priority) {
        if (turn.isHeldByCurrentThread()) {
            keep(command, priority);
            return;
        }
        if (!(session.getHandler() instanceof ConnectionEvents events) || !session.isOpen() || !turn.tryLock()) {
            session.enqueue(command, priority);
            return;
        }
        try {
            keep(command, priority);
            carryOut(events);
        } catch (CancelledKeyException closed) {
            session.close(CloseMode.GRACEFUL);
        } catch (IOException | RuntimeException failure) { // as HttpCore does on the I/O thread
            events.exception(this, failure);
            session.close(CloseMode.GRACEFUL);
        } finally {
            leaveTurn();
        }
    }

    private void keep(Command command, Command.Priority priority) {
        if (priority == Command.Priority.IMMEDIATE && urgent == null) {
            urgent = command;
        } else if (next == null) {
            next = command;
        } else {
            session.enqueue(command, priority);
        }
    }

    @Override
    public @Nullable Command poll() {
        if (turn.isHeldByCurrentThread()) {
            Command kept = urgent;
            if (kept != null) {
                urgent = null;
                return kept;
            }
            kept = next;
            if (kept != null) {
                next = null;
                return kept;
            }
        }
        return session.poll();
    }

    @Override
    public boolean hasCommands() {
        return turn.isHeldByCurrentThread() && (urgent != null || next != null) || session.hasCommands();
    }

    // ---- interest

    @Override
    public void setEvent(int operation) {
        int wished = operation;
        if ((wished & SelectionKey.OP_WRITE) != 0 && turn.isHeldByCurrentThread()) {
            wantsOutput = true;
            wished &= ~SelectionKey.OP_WRITE;
        }
        if ((interest() & wished) != wished) {
            session.setEvent(wished);
        }
    }

    @Override
    public void clearEvent(int operation) {
        if ((operation & SelectionKey.OP_WRITE) != 0 && turn.isHeldByCurrentThread()) {
            wantsOutput = false;
        }
        if ((operation & ~READ_AND_WRITE) != 0 || (interest() & operation) != 0) {
            session.clearEvent(operation);
        }
    }

    /** What the selector looks for; all, if it looks no more. */
    private int interest() {
        try {
            return session.getEventMask();
        } catch (CancelledKeyException closed) {
            return READ_AND_WRITE;
        }
    }
}
