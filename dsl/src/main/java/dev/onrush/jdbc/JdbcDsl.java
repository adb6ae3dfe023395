package dev.onrush.jdbc;

import dev.onrush.core.Require;
import dev.onrush.dsl.Bridge;
import dev.onrush.dsl.FeederBuilder;

/**
 * Records from a database; import it statically. The driver is the author's to put on the class path.
 *
 * <pre>{@code
 * feed(jdbcFeeder("jdbc:postgresql://db.test/shop", "reader", "secret", "select id, name from users").circular())
 * }</pre>
 */
public final class JdbcDsl {
    private JdbcDsl() {}

    /** The rows of a query, by the labels of its columns; read into memory once, as the run starts. */
    public static FeederBuilder<Object> jdbcFeeder(String url, String user, String password, String sql) {
        return Bridge.records(new QueryRecords(
                Require.notBlank("jdbcFeeder: url", url),
                Require.notNull("jdbcFeeder: user", user),
                Require.notNull("jdbcFeeder: password", password),
                Require.notBlank("jdbcFeeder: sql", sql)));
    }
}
