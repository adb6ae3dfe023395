/** The words test authors write; they build core's scenario model. */
@NullMarked
package dev.onrush.dsl;

import org.jspecify.annotations.NullMarked;
