package dev.onrush.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.function.IntSupplier;

/** What the command line said and with which exit code it ended, in this JVM. */
record Told(int exitCode, String out, String err) {
    /** With these arguments. */
    static Told by(String... arguments) {
        return by(() -> CommandLineRun.run(arguments));
    }

    static Told by(IntSupplier call) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        PrintStream realOut = System.out;
        PrintStream realErr = System.err;
        System.setOut(new PrintStream(out, true, UTF_8));
        System.setErr(new PrintStream(err, true, UTF_8));
        try {
            return new Told(call.getAsInt(), out.toString(UTF_8), err.toString(UTF_8));
        } finally {
            System.setOut(realOut);
            System.setErr(realErr);
        }
    }

    List<String> errLines() {
        return err.lines().toList();
    }

    List<String> outLines() {
        return out.lines().toList();
    }
}
