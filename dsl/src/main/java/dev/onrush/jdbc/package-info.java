/** Records of test data from a database; knows {@code java.sql} and no driver. */
@NullMarked
package dev.onrush.jdbc;

import org.jspecify.annotations.NullMarked;
