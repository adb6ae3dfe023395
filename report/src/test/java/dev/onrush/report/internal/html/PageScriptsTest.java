package dev.onrush.report.internal.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

class PageScriptsTest {
    private static final Pattern TOP_LEVEL =
            Pattern.compile("(?m)^(?:export )?(?:const|let|function|class|async function) ([A-Za-z0-9_$]+)");

    private final Map<String, String> modules = PageScripts.modules("page.js");

    @Test
    void putsEachModuleOnceAndBeforeWhatImportsIt() {
        List<String> order = new ArrayList<>(modules.keySet());

        assertThat(order).doesNotHaveDuplicates().endsWith("page.js");
        modules.forEach((file, text) -> {
            Matcher imports =
                    Pattern.compile("(?m)^import .* from '\\./(.*)';$").matcher(text);
            while (imports.find()) {
                assertThat(order.indexOf(imports.group(1))).as(file).isBetween(0, order.indexOf(file) - 1);
            }
        });
    }

    @Test
    void takesEveryModuleThereIs() throws Exception {
        URI folder = PageScripts.class.getResource("page/page.js").toURI();
        try (var files = Files.list(Path.of(folder).getParent())) {
            Set<String> taken = new HashSet<>(modules.keySet());
            taken.addAll(PageScripts.modules("compare.js").keySet());
            assertThat(taken)
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(file -> file.getFileName().toString())
                                    .filter(name -> name.endsWith(".js"))
                                    .toList());
        }
    }

    @Test
    void leavesNoImportAndNoExport() {
        assertThat(PageScripts.bundle("page.js")).doesNotContainPattern("(?m)^\\s*(import|export)\\b");
    }

    @Test
    void namesAtTopLevelAreUniqueSoThatModulesCanStandInOneScript() {
        List<String> names = new ArrayList<>();
        Matcher matcher = TOP_LEVEL.matcher(String.join("\n", modules.values()));
        while (matcher.find()) {
            names.add(matcher.group(1));
        }

        assertThat(names).hasSizeGreaterThan(50).doesNotHaveDuplicates();
    }

    @Test
    void modulesStaySmallAndPutTextInAsText() {
        modules.forEach((file, text) -> {
            assertThat(text.lines().count()).as(file).isLessThan(320);
            assertThat(text)
                    .as(file)
                    .doesNotContain(
                            "innerHTML",
                            "outerHTML",
                            "insertAdjacentHTML",
                            "document.write",
                            "createContextualFragment",
                            "DOMParser",
                            "eval(",
                            "new Function",
                            "setAttribute('style'");
        });
    }
}
