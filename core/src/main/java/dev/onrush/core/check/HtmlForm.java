package dev.onrush.core.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;
import org.jspecify.annotations.Nullable;

/**
 * What a browser would send of a form that nobody has touched: checked boxes, chosen options, the first option where one must be
 * chosen; no buttons, files or disabled fields. HTML Living Standard, "Constructing the entry list".
 *
 * <p>Its time grows with the page and not with the square of it, as the page may mean harm.
 */
final class HtmlForm {
    private static final String FIELDS = "input, select, textarea";
    /** Which of them belong to a form jsoup tells by comparing each with each. */
    private static final int MOST_FIELDS = 10_000;

    private final FormElement form;
    /** The first legend of a fieldset, whose fields are not disabled with it. */
    private final Map<Element, Element> firstLegends = new IdentityHashMap<>();

    private HtmlForm(FormElement form) {
        this.form = form;
    }

    /** Values by name, in the order of the page: a text, or a list of texts where a name has several; null if that is no form. */
    static @Nullable Map<String, Object> values(Element element) {
        return element instanceof FormElement form ? new HtmlForm(form).values() : null;
    }

    private Map<String, Object> values() {
        Map<String, List<String>> byName = new LinkedHashMap<>();
        List<Element> fields = fields();
        Map<String, Element> radios = chosenRadios(fields);
        for (Element field : fields) {
            String name = field.attr("name");
            boolean isReplaced = isRadio(field) && radios.get(name) != field;
            if (!name.isEmpty() && !isReplaced && !isDisabled(field)) {
                List<String> values = sent(field);
                if (!values.isEmpty()) {
                    byName.computeIfAbsent(name, first -> new ArrayList<>()).addAll(values);
                }
            }
        }
        Map<String, Object> all = new LinkedHashMap<>();
        byName.forEach((name, values) -> all.put(name, values.size() == 1 ? values.get(0) : List.copyOf(values)));
        return all;
    }

    /** Those within the form and those that name it, in the order of the page, but for those that name another. */
    private List<Element> fields() {
        Element page = form.ownerDocument();
        List<Element> fields = (page == null ? form : page).select(FIELDS);
        if (fields.size() > MOST_FIELDS) {
            throw new UnreadableBodyException(
                    "the page has " + fields.size() + " fields, at most " + MOST_FIELDS + " are looked at");
        }
        Set<Element> within = Collections.newSetFromMap(new IdentityHashMap<>());
        within.addAll(form.elements());
        within.addAll(form.select(FIELDS));
        List<Element> all = new ArrayList<>();
        for (Element field : fields) {
            String owner = field.attr("form");
            if (owner.isEmpty() ? within.contains(field) : owner.equals(form.id())) {
                all.add(field);
            }
        }
        return all;
    }

    private boolean isDisabled(Element field) {
        if (field.hasAttr("disabled")) {
            return true;
        }
        Element inner = field;
        for (Element outer = field.parent(); outer != null; outer = outer.parent()) {
            if (outer.normalName().equals("datalist")) {
                return true;
            }
            if (outer.normalName().equals("fieldset") && outer.hasAttr("disabled") && !isFirstLegend(inner, outer)) {
                return true;
            }
            inner = outer;
        }
        return false;
    }

    private boolean isFirstLegend(Element child, Element fieldset) {
        return isLegend(child)
                && child
                        == firstLegends.computeIfAbsent(
                                fieldset,
                                any -> any.children().stream()
                                        .filter(HtmlForm::isLegend)
                                        .findFirst()
                                        .orElse(child));
    }

    private static boolean isLegend(Element element) {
        return element.normalName().equals("legend");
    }

    /** Of each group of radio buttons the one that is chosen: the last that says so. */
    private static Map<String, Element> chosenRadios(List<Element> fields) {
        Map<String, Element> chosen = new HashMap<>();
        for (Element field : fields) {
            if (isRadio(field) && field.hasAttr("checked")) {
                chosen.put(field.attr("name"), field);
            }
        }
        return chosen;
    }

    private static boolean isRadio(Element field) {
        return field.normalName().equals("input") && type(field).equals("radio");
    }

    private static String type(Element input) {
        return input.attr("type").trim().toLowerCase(Locale.ROOT);
    }

    private static List<String> sent(Element field) {
        return switch (field.normalName()) {
            case "select" -> chosen(field);
            case "textarea" -> List.of(lines(field.wholeText()));
            default -> sentOfInput(field);
        };
    }

    private static List<String> sentOfInput(Element input) {
        return switch (type(input)) {
            case "submit", "reset", "button", "image", "file" -> List.of();
            case "checkbox", "radio" -> input.hasAttr("checked") ? List.of(valueOr("on", input)) : List.of();
            default -> List.of(input.attr("value"));
        };
    }

    private static String valueOr(String otherwise, Element element) {
        return element.hasAttr("value") ? element.attr("value") : otherwise;
    }

    /** The first line feed after the tag is none of the text; lines end as they are sent. */
    private static String lines(String text) {
        String lines = text.replace("\r\n", "\n").replace('\r', '\n');
        return (lines.startsWith("\n") ? lines.substring(1) : lines).replace("\n", "\r\n");
    }

    private static List<String> chosen(Element select) {
        List<Element> options = select.select("option");
        List<Element> chosen =
                options.stream().filter(option -> option.hasAttr("selected")).toList();
        boolean isOne = !select.hasAttr("multiple");
        if (isOne && chosen.size() > 1) {
            chosen = chosen.subList(chosen.size() - 1, chosen.size());
        }
        if (isOne && chosen.isEmpty() && shownRows(select) == 1) {
            chosen = options.stream()
                    .filter(option -> !isOptionDisabled(option))
                    .limit(1)
                    .toList();
        }
        return chosen.stream()
                .filter(option -> !isOptionDisabled(option))
                .map(option -> valueOr(option.text(), option))
                .toList();
    }

    private static int shownRows(Element select) {
        try {
            return Math.max(1, Integer.parseInt(select.attr("size").trim()));
        } catch (NumberFormatException e) {
            return 1;
        }
    }

    private static boolean isOptionDisabled(Element option) {
        Element around = option.parent();
        return option.hasAttr("disabled")
                || (around != null && around.normalName().equals("optgroup") && around.hasAttr("disabled"));
    }
}
