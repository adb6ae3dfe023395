package dev.onrush.console;

/** Colour for people; nothing for pipes. */
enum Style {
    GREEN("32"),
    RED("31"),
    BOLD("1"),
    DIM("2");

    private final String code;

    Style(String code) {
        this.code = code;
    }

    String on(String text, boolean coloured) {
        return coloured ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
