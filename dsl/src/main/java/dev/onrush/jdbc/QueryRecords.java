package dev.onrush.jdbc;

import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.feeder.BadRecordException;
import dev.onrush.core.feeder.RecordReading;
import dev.onrush.core.feeder.RecordSource;
import dev.onrush.core.session.Excerpt;
import dev.onrush.core.setting.Settings;

/**
 * Rows of a query. A column that is null leaves its attribute out of the record.
 *
 * @param url is in no message, as it may hold a password
 */
record QueryRecords(String url, String user, String password, String sql) implements RecordSource {
    private static final int LONGEST_NAME = 80;
    private static final int ROWS_AT_ONCE = 1000;

    @Override
    public String name() {
        return "jdbcFeeder \"" + Excerpt.of(sql, LONGEST_NAME) + "\"";
    }

    @Override
    public long size() {
        return -1;
    }

    @Override
    public String toString() {
        return name();
    }

    @Override
    @SuppressWarnings("resource") // the reading closes it
    public RecordReading read(Settings settings) {
        Connection connection = null;
        try {
            connection = DriverManager.getConnection(url, user, password);
            Statement statement = connection.createStatement();
            statement.setFetchSize(ROWS_AT_ONCE);
            return new Rows(connection, statement.executeQuery(sql));
        } catch (SQLException e) {
            close(connection);
            throw new DefinitionException(
                    failed(e) + " Check URL, credentials and query, and that the driver is on the class path.");
        } catch (DefinitionException e) {
            close(connection);
            throw e;
        }
    }

    private String failed(SQLException e) {
        return name() + ": the query failed (" + e.getClass().getSimpleName() + ": "
                + Excerpt.of(withoutCredentials(String.valueOf(e.getMessage()))) + ").";
    }

    /** Drivers like to repeat what they were given. */
    private String withoutCredentials(String message) {
        String hidden = message.replace(url, "the URL");
        return password.isBlank() ? hidden : hidden.replace(password, "***");
    }

    private static void close(@Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            // it was only read
        }
    }

    private final class Rows implements RecordReading {
        private final Connection connection;
        private final ResultSet rows;
        private final List<String> labels;

        Rows(Connection connection, ResultSet rows) throws SQLException {
            this.connection = connection;
            this.rows = rows;
            this.labels = labels(rows.getMetaData());
        }

        private List<String> labels(ResultSetMetaData columns) throws SQLException {
            Set<String> all = new LinkedHashSet<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                if (!all.add(columns.getColumnLabel(i))) {
                    throw new DefinitionException(name() + ": two columns are called " + columns.getColumnLabel(i)
                            + ". Name one of them otherwise: select .. as ..");
                }
            }
            return List.copyOf(all);
        }

        @Override
        public @Nullable Map<String, Object> next() {
            try {
                if (!rows.next()) {
                    return null;
                }
                Map<String, Object> record = new LinkedHashMap<>();
                for (int i = 0; i < labels.size(); i++) {
                    Object value = value(i + 1);
                    if (value != null) {
                        record.put(labels.get(i), value);
                    }
                }
                return record;
            } catch (SQLException e) {
                throw new BadRecordException(failed(e));
            }
        }

        /** What outlives the connection. */
        private @Nullable Object value(int column) throws SQLException {
            Object value = rows.getObject(column);
            if (value instanceof Clob text) {
                return text.getSubString(1, Math.toIntExact(text.length()));
            }
            return value instanceof Blob bytes ? bytes.getBytes(1, Math.toIntExact(bytes.length())) : value;
        }

        @Override
        public void close() {
            QueryRecords.close(connection);
        }
    }
}
