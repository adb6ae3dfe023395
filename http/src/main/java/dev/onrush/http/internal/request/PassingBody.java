package dev.onrush.http.internal.request;

import java.nio.ByteBuffer;
import java.util.Set;

import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

import dev.onrush.core.check.BodyFact;
import dev.onrush.core.check.BodyFacts;
import dev.onrush.core.check.ResponseBody;
import dev.onrush.http.internal.wire.BodyWatch;

/** A body that is not kept: facts about it are gathered as it comes, once its content coding is undone. */
final class PassingBody implements BodyWatch {
    private static final Set<String> SUITED = Set.of("identity", "gzip", "x-gzip", "deflate");

    private final BodyFacts facts;
    private final @Nullable Inflation inflation;
    private @Nullable BodyException failure;

    /** @param limitBytes from which size on a body that is much larger than what came is given up */
    PassingBody(Set<BodyFact> wanted, HttpResponse head, long limitBytes) {
        this.facts = new BodyFacts(wanted);
        String coding = BodyDecoder.onlyCoding(head);
        this.inflation = "identity".equals(coding) ? null : new Inflation(!"deflate".equals(coding), limitBytes);
    }

    /** Whether the coding of the body that follows can be undone piece by piece: none, gzip or deflate. */
    static boolean suits(HttpResponse head) {
        String coding = BodyDecoder.onlyCoding(head);
        return coding != null && SUITED.contains(coding);
    }

    @Override
    public void add(ByteBuffer piece) {
        Inflation coded = inflation;
        if (coded == null) {
            facts.add(piece);
            return;
        }
        if (failure == null) {
            try {
                coded.add(piece, facts);
            } catch (BodyException e) {
                failure = e;
            }
        }
        piece.position(piece.limit());
    }

    /**
     * The facts, once all of it has come.
     *
     * @throws BodyException its coding could not be undone
     */
    ResponseBody facts() throws BodyException {
        if (failure != null) {
            throw failure;
        }
        if (inflation != null) {
            inflation.end();
        }
        return ResponseBody.of(facts);
    }
}
