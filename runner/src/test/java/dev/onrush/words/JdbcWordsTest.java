package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static dev.onrush.jdbc.JdbcDsl.jdbcFeeder;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.onrush.dsl.FeederBuilder;

/** Records from a database, in the requests they are made for. */
@Timeout(20)
class JdbcWordsTest {
    private static final String URL = "jdbc:h2:mem:words";

    /** The database is there as long as this is open. */
    private Connection database;

    @BeforeEach
    void fill() throws SQLException {
        database = DriverManager.getConnection(URL, "author", "s3cret");
        try (Statement statement = database.createStatement()) {
            statement.execute("create table items (sku varchar, price decimal(8, 2), note clob, raw blob)");
            statement.execute("insert into items values ('a1', 9.50, 'long text', X'2A'), ('b2', 7, null, X'2B')");
        }
    }

    @AfterEach
    void drop() throws SQLException {
        database.close();
    }

    private static FeederBuilder<Object> select(String sql) {
        return jdbcFeeder(URL, "author", "s3cret", sql);
    }

    @Test
    void rowsAreRecordsByTheLabelsOfTheirColumns() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    target,
                    feed(select("select sku, price as \"cost\", note from items order by sku")
                            .circular()),
                    http("x").get("/#{SKU}/#{cost}").queryParam("note", "#{NOTE}"),
                    feed(select("select * from items where price < 8")),
                    exec(session -> session.set("byte", session.<byte[]>get("RAW")[0])),
                    http("x").get("/#{SKU}/#{PRICE}/#{byte}"));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.targets()).containsExactly("/a1/9.50?note=long%20text", "/b2/7.00/43");
        }
    }

    @Test
    void aColumnThatIsNullIsNoAttribute() {
        try (Target target = Target.start()) {
            FeederBuilder<Object> items = select("select sku, note from items order by sku");
            Trial trial = Trial.of(
                    http.baseUrl(target.url()), 2, feed(items), http("x").get("/#{SKU}/#{NOTE.exists()}"));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.targets()).containsExactlyInAnyOrder("/a1/true", "/b2/false");
            assertThat(items.recordsCount()).isEqualTo(2);
        }
    }

    @Test
    void whatDoesNotWorkIsToldBeforeAnythingIsSentAndWithoutThePassword() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    target,
                    http("x").get("/"),
                    feed(select("select none from items")),
                    feed(jdbcFeeder("jdbc:none:s3cret", "author", "s3cret", "select 1")),
                    feed(select("select sku, note as sku from items")),
                    feed(select("select sku from items where false")));

            assertThat(trial.result.exitCode()).isEqualTo(1);
            assertThat(target.came).isEmpty();
            assertThat(trial.result.problems())
                    .hasSize(4)
                    .allSatisfy(problem -> assertThat(problem)
                            .contains("JdbcWordsTest.java:")
                            .contains("jdbcFeeder \"select ")
                            .doesNotContain("s3cret"))
                    .anySatisfy(problem -> assertThat(problem)
                            .contains("the query failed (")
                            .contains("Column \"NONE\" not found")
                            .endsWith("Check URL, credentials and query, and that the driver is on the class path."))
                    .anySatisfy(problem ->
                            assertThat(problem).contains("(SQLException: No suitable driver found for the URL)"))
                    .anySatisfy(problem -> assertThat(problem)
                            .endsWith("two columns are called SKU. Name one of them otherwise: select .. as .."))
                    .anySatisfy(problem -> assertThat(problem).contains("there is no record in it"));
        }
    }
}
