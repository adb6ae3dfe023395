/** Where development environments find the check of the status, and so what their authors imported. */
@NullMarked
package dev.onrush.http.internal;

import org.jspecify.annotations.NullMarked;
