package dev.onrush.dsl;

import static dev.onrush.dsl.CoreDsl.ElFileBody;
import static dev.onrush.dsl.CoreDsl.RawFileBody;
import static dev.onrush.dsl.CoreDsl.StringBody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UnresolvedException;
import dev.onrush.core.session.UserIdentity;
import dev.onrush.core.session.UserSession;
import dev.onrush.core.setting.Setting;
import dev.onrush.core.setting.Settings;

class BodyTest {
    @TempDir
    Path folder;

    private final UserSession session = UserSession.of(new UserIdentity(1, "shop", 42))
            .set("user", "ada")
            .set("n", 7)
            .set("file", "order.json");

    private String text(Body.WithString body) {
        return Bridge.text(body, Settings.defaults()).evaluate(session);
    }

    @Test
    void isTextWithExpressions() {
        Function<Session, String> asFunction = StringBody("u=#{user}");

        assertThat(text(StringBody("u=#{user}"))).isEqualTo("u=ada");
        assertThat(text(StringBody(s -> "n=" + s.getInt("n")))).isEqualTo("n=7");
        assertThat(asFunction.apply(Bridge.session(session))).isEqualTo("u=ada");
        assertThat(Bridge.function(asFunction).attributes()).containsExactly("user");
        assertThat(Bridge.text(StringBody("#{user"), Settings.defaults()).problems())
                .hasSize(1);
    }

    @Test
    void isAFileWithExpressions() {
        assertThat(text(ElFileBody("order.json"))).isEqualTo("{\"user\": \"ada\", \"n\": 7}");
        assertThat(text(ElFileBody("#{file}"))).isEqualTo("{\"user\": \"ada\", \"n\": 7}");
        assertThat(text(ElFileBody(s -> "order.json"))).isEqualTo("{\"user\": \"ada\", \"n\": 7}");
        assertThat(Bridge.text(ElFileBody("order.json"), Settings.defaults()).attributes())
                .containsExactly("user", "n");
        assertThat(Bridge.text(ElFileBody("#{file}"), Settings.defaults()).attributes())
                .containsExactly("file");
    }

    @Test
    void isTheBytesOfAFile() {
        Expression<byte[]> fixed = Bridge.bytes(RawFileBody("logo.bin"), Settings.defaults());
        Expression<byte[]> dynamic = Bridge.bytes(RawFileBody("#{file}"), Settings.defaults());

        assertThat(fixed.evaluate(session)).containsExactly(1, 2, 0xff);
        assertThat(fixed.isConstant()).isTrue();
        assertThat(dynamic.evaluate(session)).isSameAs(dynamic.evaluate(session));
        assertThat(RawFileBody("logo.bin").apply(Bridge.session(session))).hasSize(3);
    }

    @Test
    void tellsMistakesOfDefinition() {
        assertThat(Bridge.text(ElFileBody("no.json"), Settings.defaults()).problems())
                .containsExactly("no.json: no such file, neither on the class path nor in "
                        + Path.of("").toAbsolutePath() + ". Correct the path.");
        assertThat(Bridge.bytes(RawFileBody(folder.toString()), Settings.defaults())
                        .problems())
                .containsExactly(folder + ": is a directory. Name a file in it.");
        assertThat(Bridge.text(ElFileBody("broken.json"), Settings.defaults()).problems())
                .containsExactly(
                        "broken.json: \"{\"user\": \"#{user\"}\", position 17: '\"' is not expected in an expression. "
                                + "An attribute goes on with (index), .entry or .method(), and ends with }.");
        assertThat(Bridge.text(ElFileBody("latin.txt"), Settings.defaults()).problems())
                .containsExactly("latin.txt: is not UTF-8. Save the file as UTF-8.");
        assertThat(Bridge.text(ElFileBody("#{file"), Settings.defaults()).problems())
                .hasSize(1);
    }

    @Test
    void readsNothingOutsideTheRootIfThePathComesFromAnExpression() throws IOException {
        Path root = Files.createDirectory(folder.resolve("root"));
        Path secret = Files.writeString(folder.resolve("secret.txt"), "secret");
        Files.writeString(root.resolve("good.txt"), "good");
        Files.createSymbolicLink(root.resolve("link.txt"), secret);
        Files.createSymbolicLink(root.resolve("linked"), folder);
        Settings settings = Settings.of(Map.of(Setting.FILES_ROOT, root.toString()));
        Expression<String> body = Bridge.text(ElFileBody("#{path}"), settings);

        assertThat(body.evaluate(session.set("path", "good.txt"))).isEqualTo("good");
        assertThat(body.evaluate(session.set("path", root.resolve("good.txt").toString())))
                .isEqualTo("good");
        for (String path : List.of(
                "../secret.txt",
                "x/../../secret.txt",
                "./../secret.txt",
                "link.txt",
                "linked/secret.txt",
                secret.toString(),
                "/etc/passwd",
                "../../../../../../../../etc/passwd",
                "..",
                ".",
                "",
                "linked",
                "good.txt\0.json",
                "%2e%2e/secret.txt",
                "~/secret.txt",
                "file:" + secret,
                "..\\secret.txt")) {
            assertThatThrownBy(() -> body.evaluate(session.set("path", path)))
                    .as(path)
                    .isInstanceOf(UnresolvedException.class);
        }
        assertThatThrownBy(() -> body.evaluate(session.set("path", "../secret.txt")))
                .hasMessage("../secret.txt: lies outside the folder " + root
                        + ", and the path comes from an expression. Move the file, or change the setting files.root.");
    }
}
