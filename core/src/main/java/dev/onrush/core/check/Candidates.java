package dev.onrush.core.check;

/** The several sizes of a picture, as {@code srcset} lists them, and the one for a screen of plain density that is 1920 wide. */
final class Candidates {
    private static final double SCREEN_WIDTH = 1920;

    private final String list;
    private int at;
    private String best = "";
    private double bestDensity;

    private Candidates(String list) {
        this.list = list;
    }

    /**
     * The one that is just sharp enough, else the sharpest.
     *
     * @param src counts as one of plain density
     * @return empty if there is none
     */
    static String chosen(String srcset, String src) {
        if (srcset.isBlank()) {
            return src;
        }
        Candidates all = new Candidates(srcset);
        boolean haveWidths = all.look();
        if (!haveWidths && !src.isBlank()) {
            all.add(src, 1);
        }
        return all.best.isEmpty() ? src : all.best;
    }

    /** Returns whether they are told apart by their widths. */
    private boolean look() {
        boolean haveWidths = false;
        while (true) {
            while (at < list.length() && (isSpace(list.charAt(at)) || list.charAt(at) == ',')) {
                at++;
            }
            if (at == list.length()) {
                return haveWidths;
            }
            int from = at;
            while (at < list.length() && !isSpace(list.charAt(at))) {
                at++;
            }
            int end = at;
            while (list.charAt(end - 1) == ',') {
                end--;
            }
            String url = list.substring(from, end);
            String descriptor = "";
            if (end == at) {
                int comma = list.indexOf(',', at);
                int last = comma < 0 ? list.length() : comma;
                descriptor = list.substring(at, last).trim();
                at = last;
            }
            haveWidths |= descriptor.endsWith("w");
            double density = density(descriptor);
            if (density > 0) {
                add(url, density);
            }
        }
    }

    /** 0: it makes no sense. */
    private static double density(String descriptor) {
        if (descriptor.isEmpty()) {
            return 1;
        }
        double number = number(descriptor, descriptor.length() - 1);
        return switch (descriptor.charAt(descriptor.length() - 1)) {
            case 'x' -> number;
            case 'w' -> number / SCREEN_WIDTH;
            default -> 0;
        };
    }

    /** Digits, with a point perhaps; 0: it is none. Not by an exception, as a page may be full of them. */
    private static double number(String text, int end) {
        double digits = 0;
        double scale = 0;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits = digits * 10 + (c - '0');
                scale *= 10;
            } else if (c == '.' && scale == 0) {
                scale = 1;
            } else {
                return 0;
            }
        }
        return scale == 0 ? digits : digits / scale;
    }

    private void add(String url, double density) {
        boolean isBetter = bestDensity < 1 ? density > bestDensity : density >= 1 && density < bestDensity;
        if (isBetter) {
            best = url;
            bestDensity = density;
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
    }
}
