/** What a page that is one file is made of: template, styles, scripts, the library of the charts, its policy. */
@NullMarked
package dev.onrush.report.internal.html;

import org.jspecify.annotations.NullMarked;
