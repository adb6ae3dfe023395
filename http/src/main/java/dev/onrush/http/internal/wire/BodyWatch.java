package dev.onrush.http.internal.wire;

import java.nio.ByteBuffer;

/** Is told of a body that is not kept, as it comes. Belongs to one response; used by its I/O thread until all has come. */
public interface BodyWatch {
    /** The next piece of the body, still coded; all of it is taken. */
    void add(ByteBuffer piece);
}
