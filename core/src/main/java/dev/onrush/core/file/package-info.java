/** Files that a simulation names: class path resource, else file. */
@NullMarked
package dev.onrush.core.file;

import org.jspecify.annotations.NullMarked;
