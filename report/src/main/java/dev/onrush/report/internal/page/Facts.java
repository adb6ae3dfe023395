package dev.onrush.report.internal.page;

import dev.onrush.core.measure.Times;
import dev.onrush.report.internal.model.TimeFigure;
import dev.onrush.report.internal.text.Printed;

/** Facts of the page, from figures where −1 is what nobody told. */
final class Facts {
    private Facts() {}

    static PageModel.Fact number(String key, String label, long value) {
        return value < 0 ? unknown(key, label) : new PageModel.Fact(key, label, "" + value, Printed.count(value));
    }

    static PageModel.Fact millis(String key, String label, long value) {
        return value < 0
                ? unknown(key, label)
                : new PageModel.Fact(key, label, "" + value, Printed.count(value) + " ms");
    }

    static PageModel.Fact of(String key, String label, long most, long limit) {
        return most < 0
                ? unknown(key, label)
                : new PageModel.Fact(
                        key, label, "" + most, Printed.count(most) + (limit < 0 ? "" : " of " + Printed.count(limit)));
    }

    static PageModel.Fact percent(String key, String label, int value) {
        return value < 0
                ? unknown(key, label)
                : new PageModel.Fact(key, label, "" + value, Printed.count(value) + " %");
    }

    static PageModel.Fact time(String key, String label, TimeFigure figure, Times times) {
        Double millis = figure.millis(times);
        return millis == null
                ? unknown(key, label)
                : new PageModel.Fact(key, label, millis.toString(), Printed.time(millis));
    }

    static PageModel.Fact unknown(String key, String label) {
        return new PageModel.Fact(key, label, "", "not known");
    }

    static PageModel.Fact text(String key, String label, String text) {
        return new PageModel.Fact(key, label, text, text);
    }
}
