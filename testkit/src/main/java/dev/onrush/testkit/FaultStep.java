package dev.onrush.testkit;

import java.io.IOException;
import java.time.Duration;

/** One thing a {@link FaultServer} does with a connection. Text stands for bytes, in ISO 8859-1. */
sealed interface FaultStep {
    /** Returns when it is done. Throws {@link IOException} when the client has left. */
    void play(FaultConnection connection) throws IOException, InterruptedException;

    record Read(int bytes) implements FaultStep {
        @Override
        public void play(FaultConnection connection) throws IOException {
            connection.read(bytes);
        }
    }

    record ReadHead() implements FaultStep {
        @Override
        public void play(FaultConnection connection) throws IOException {
            connection.readRequest(false);
        }
    }

    record ReadRequest() implements FaultStep {
        @Override
        public void play(FaultConnection connection) throws IOException {
            connection.readRequest(true);
        }
    }

    record Write(String text) implements FaultStep {
        @Override
        public void play(FaultConnection connection) throws IOException {
            connection.write(text);
        }
    }

    record Echo(String text) implements FaultStep {
        @Override
        public void play(FaultConnection connection) throws IOException {
            connection.echo(text, FaultScript.ID);
        }
    }

    record Drip(String text, Duration interval) implements FaultStep {
        @Override
        public void play(FaultConnection connection) throws IOException, InterruptedException {
            for (int i = 0; i < text.length(); i++) {
                connection.write(text.substring(i, i + 1));
                connection.pause(interval);
            }
        }
    }

    /** Repeats the same bytes until the client has enough. */
    record Flood(String text) implements FaultStep {
        @Override
        public void play(FaultConnection connection) throws IOException, InterruptedException {
            while (connection.goesOn()) {
                connection.write(text);
            }
        }
    }

    record Pause(Duration time) implements FaultStep {
        @Override
        public void play(FaultConnection connection) throws InterruptedException {
            connection.pause(time);
        }
    }

    record HalfClose() implements FaultStep {
        @Override
        public void play(FaultConnection connection) throws IOException {
            connection.halfClose();
        }
    }

    record Fin() implements FaultStep {
        @Override
        public void play(FaultConnection connection) throws IOException {
            connection.fin();
        }
    }

    record Cut() implements FaultStep {
        @Override
        public void play(FaultConnection connection) throws IOException {
            connection.cut();
        }
    }

    record Reset() implements FaultStep {
        @Override
        public void play(FaultConnection connection) throws IOException {
            connection.reset();
        }
    }

    record Stall() implements FaultStep {
        @Override
        public void play(FaultConnection connection) throws InterruptedException {
            connection.stall();
        }
    }

    record Drain() implements FaultStep {
        @Override
        public void play(FaultConnection connection) throws IOException {
            connection.drain();
        }
    }

    record Forever(FaultScript script) implements FaultStep {
        @Override
        public void play(FaultConnection connection) throws IOException, InterruptedException {
            while (connection.goesOn()) {
                script.play(connection);
            }
        }
    }

    /** Marks a script that is never played under TLS. */
    record InClear() implements FaultStep {
        @Override
        public void play(FaultConnection connection) {}
    }

    /** A TLS handshake where the script wants it; without this step it comes first. */
    record Handshake() implements FaultStep {
        @Override
        public void play(FaultConnection connection) throws IOException {
            connection.handshake();
        }
    }
}
