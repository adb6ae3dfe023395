package dev.onrush.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The edges of modules and packages: nothing points up, packages have no cycles. */
@AnalyzeClasses(packages = "dev.onrush", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule modulesPointDown = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("core")
            .definedBy("dev.onrush.core..")
            .layer("dsl")
            .definedBy("dev.onrush.dsl..", "dev.onrush.jdbc..")
            .layer("http")
            .definedBy("dev.onrush.http..")
            .layer("report")
            .definedBy("dev.onrush.report..")
            .layer("runner")
            .definedBy("dev.onrush", "dev.onrush.console..", "dev.onrush.runner..")
            .whereLayer("runner")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("http")
            .mayOnlyBeAccessedByLayers("runner")
            .whereLayer("report")
            .mayOnlyBeAccessedByLayers("runner")
            .whereLayer("dsl")
            .mayOnlyBeAccessedByLayers("http", "runner");

    @ArchTest
    static final ArchRule corePackagesHaveNoCycles =
            slices().matching("dev.onrush.core.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.onrush.(**)").should().beFreeOfCycles();

    /** From the logs to the files, and no way back: what writes does not know what else writes, and comparing knows no page. */
    @ArchTest
    static final ArchRule theReportGoesFromLogsToWriters = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("doors")
            .definedBy("dev.onrush.report")
            .layer("findings")
            .definedBy("dev.onrush.report.internal.findings")
            .layer("page")
            .definedBy("dev.onrush.report.internal.page")
            .layer("files")
            .definedBy("dev.onrush.report.internal.files")
            .layer("html")
            .definedBy("dev.onrush.report.internal.html")
            .layer("compare")
            .definedBy("dev.onrush.report.compare")
            .layer("log")
            .definedBy("dev.onrush.report.internal.log")
            .layer("model")
            .definedBy("dev.onrush.report.internal.model")
            .layer("outcome")
            .definedBy("dev.onrush.report.outcome")
            .layer("text")
            .definedBy("dev.onrush.report.internal.text")
            .whereLayer("doors")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("findings")
            .mayOnlyBeAccessedByLayers("doors")
            .whereLayer("page")
            .mayOnlyBeAccessedByLayers("doors")
            .whereLayer("files")
            .mayOnlyBeAccessedByLayers("doors")
            .whereLayer("html")
            .mayOnlyBeAccessedByLayers("page", "findings")
            .whereLayer("compare")
            .mayOnlyBeAccessedByLayers("findings", "doors")
            .whereLayer("log")
            .mayOnlyBeAccessedByLayers("findings", "doors")
            .whereLayer("model")
            .mayOnlyBeAccessedByLayers("files", "page", "findings", "doors")
            .whereLayer("outcome")
            .mayOnlyBeAccessedByLayers("model", "log", "files", "page", "findings", "doors")
            .whereLayer("text")
            .mayOnlyBeAccessedByLayers("outcome", "model", "log", "files", "page", "findings", "doors");

    @ArchTest
    static final ArchRule othersUseTheDoorsOfTheReport = noClasses()
            .that()
            .resideOutsideOfPackage("dev.onrush.report..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.onrush.report.internal..");

    @ArchTest
    static final ArchRule onlyHttpKnowsTheHttpClient = noClasses()
            .that()
            .resideOutsideOfPackage("dev.onrush.http..")
            .and()
            .resideOutsideOfPackage("dev.onrush.testkit..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.hc..");

    @ArchTest
    static final ArchRule nothingIsReadByJavaSerialization = noClasses()
            .should()
            .callMethod(java.io.ObjectInputStream.class, "readObject")
            .orShould()
            .callMethod(java.io.ObjectInputStream.class, "readUnshared");

    @ArchTest
    static final ArchRule noTextNamesTheClassThatIsMadeOfIt = noClasses()
            .should()
            .callMethodWhere(target(nameMatching(
                    "activateDefaultTyping.*|enableDefaultTyping.*|setDefaultTyping|polymorphicTypeValidator")))
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.beans.XMLDecoder")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching(
                    ".*(DefaultTyping|PolymorphicTypeValidator|JsonTypeInfo).*|org\\.yaml\\..*|javax\\.script\\..*");

    @ArchTest
    static final ArchRule noClassIsNamedAfterBeingAnImplementation =
            classes().should().haveSimpleNameNotEndingWith("Impl");

    @ArchTest
    static final ArchRule coreKnowsNoPage = noClasses()
            .that()
            .resideInAPackage("dev.onrush.core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("freemarker..", "picocli..");
}
