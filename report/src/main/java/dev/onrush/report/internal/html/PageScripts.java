package dev.onrush.report.internal.html;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page's scripts are ES modules, one for each chart or table. A page that is one file cannot import by address, so they
 * become one module here: what a module imports stands before it, each once. An import is one line,
 * {@code import { names } from './file.js';}, without renaming, and names at top level are unique over all modules.
 */
final class PageScripts {
    private static final Pattern IMPORT = Pattern.compile("(?m)^import \\{[^}\\n]*} from '\\./([a-z]+\\.js)';\n");
    private static final Pattern EXPORT = Pattern.compile("(?m)^export (?=(?:const|let|function|class|async) )");

    private PageScripts() {}

    /** That module with all that it imports, as one script. */
    static String bundle(String entry) {
        Map<String, String> modules = modules(entry);
        StringBuilder script = new StringBuilder();
        modules.values()
                .forEach(text -> script.append(
                        EXPORT.matcher(IMPORT.matcher(text).replaceAll("")).replaceAll("")));
        return script.toString();
    }

    /** Modules by their file, what is imported before what imports it. */
    static Map<String, String> modules(String entry) {
        Map<String, String> modules = new LinkedHashMap<>();
        collect(entry, modules);
        return modules;
    }

    private static void collect(String file, Map<String, String> modules) {
        String text = PageResource.text("page/" + file);
        Matcher imports = IMPORT.matcher(text);
        while (imports.find()) {
            if (!modules.containsKey(imports.group(1))) {
                collect(imports.group(1), modules);
            }
        }
        modules.put(file, text);
    }
}
