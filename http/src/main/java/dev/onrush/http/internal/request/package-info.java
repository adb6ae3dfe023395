/** One HTTP request of a user: made from its session, sent, redirected, checked, recorded. */
@NullMarked
package dev.onrush.http.internal.request;

import org.jspecify.annotations.NullMarked;
