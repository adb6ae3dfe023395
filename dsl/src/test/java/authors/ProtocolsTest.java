package authors;

import static dev.onrush.dsl.CoreDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.onrush.core.CallSite;
import dev.onrush.core.engine.Action;
import dev.onrush.core.engine.VirtualUser;
import dev.onrush.core.protocol.Protocol;
import dev.onrush.core.protocol.ProtocolClient;
import dev.onrush.core.protocol.ProtocolEnvironment;
import dev.onrush.core.scenario.Compilation;
import dev.onrush.core.scenario.Step;
import dev.onrush.dsl.ActionBuilder;
import dev.onrush.dsl.PopulationBuilder;
import dev.onrush.dsl.ProtocolBuilder;

/** Which protocol a population gets: its own, else the set-up's, else the protocol's default; the last of a kind. */
class ProtocolsTest {
    private final List<String> compiled = new ArrayList<>();

    @Test
    void theLastOfAKindWinsAndAPopulationsOwnWinsOverTheSetUps() {
        PopulationBuilder own = scenario("own")
                .exec(new Asks("a"), new Asks("b"))
                .injectOpen(atOnceUsers(1))
                .protocols(new Named("a", "own 1"))
                .protocols(new Named("a", "own 2"));
        PopulationBuilder plain = scenario("plain")
                .exec(new Asks("a"), new Asks("b"), new Asks("c"))
                .injectOpen(atOnceUsers(1));

        WordRun.of(simulation -> simulation
                .setUp(own, plain)
                .protocols(new Named("a", "shared 1"), new Named("b", "shared"))
                .protocols(new Named("a", "shared 2")));

        assertThat(compiled)
                .containsExactlyInAnyOrder("a: own 2", "b: shared", "a: shared 2", "b: shared", "c: default");
    }

    private record Named(String kind, String name) implements ProtocolBuilder, Protocol {
        @Override
        public Protocol toProtocol() {
            return this;
        }

        @Override
        public ProtocolClient client(ProtocolEnvironment environment) {
            throw new AssertionError("nobody asks for the client");
        }
    }

    private final class Asks implements ActionBuilder, Step {
        private final String kind;

        Asks(String kind) {
            this.kind = kind;
        }

        @Override
        public Step toStep() {
            return this;
        }

        @Override
        public String word() {
            return "asks";
        }

        @Override
        public CallSite site() {
            return CallSite.UNKNOWN;
        }

        @Override
        public Action compile(Compilation compilation, Action next) {
            compiled.add(kind + ": "
                    + compilation.protocol(kind, new Named(kind, "default")).name());
            return new Action(compilation.place()) {
                @Override
                public @Nullable Action execute(VirtualUser user) {
                    return next();
                }

                @Override
                public Action next() {
                    return next;
                }
            };
        }
    }
}
