package dev.onrush.words;

import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import dev.onrush.dsl.CoreDsl;
import dev.onrush.http.HttpDsl;
import dev.onrush.jdbc.JdbcDsl;

/**
 * The words that authors may write, as the classes declare them, and those that a piece of code uses. A word is written {@code
 * Type.word}, a constructor {@code Type.new}; an overload has the types of its parameters behind it.
 */
final class Vocabulary {
    private static final String OURS = "dev.onrush.";
    private static final Set<String> PACKAGES =
            Set.of(CoreDsl.class.getPackageName(), HttpDsl.class.getPackageName(), JdbcDsl.class.getPackageName());
    /** Public for another module of ours, or a table of constants. */
    private static final Set<String> NO_WORDS = Set.of(
            "Bridge", "LoadedSimulation", "HttpHeaderNames", "HttpHeaderValues", "HttpMethod", "HttpResponseStatus");

    /** What every object has, and what leads from a word to the engine. */
    private static final Set<String> OTHER_MEMBERS =
            Set.of("equals", "hashCode", "toString", "iterator", "toStep", "toProtocol");

    private final Set<Class<?>> types = new LinkedHashSet<>();

    Vocabulary() {
        imported(importer -> importer.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages(PACKAGES))
                .filter(type -> PACKAGES.contains(type.getPackageName()))
                .map(JavaClass::reflect)
                .filter(Vocabulary::isPublic)
                .filter(type -> !NO_WORDS.contains(type.getSimpleName()))
                .flatMap(type -> withParents(type).stream())
                .filter(type -> PACKAGES.contains(type.getPackageName()))
                .forEach(types::add);
    }

    Set<Class<?>> types() {
        return types;
    }

    Set<String> words() {
        return withoutParameters(overloads());
    }

    Set<String> overloads() {
        return types.stream()
                .flatMap(type -> Stream.concat(members(type), constants(type)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The overloads that these classes call, name or implement. */
    Set<String> usedBy(Collection<JavaClass> code) {
        Stream<String> called = code.stream()
                .flatMap(each -> each.getAccessesFromSelf().stream())
                .flatMap(this::meant);
        Stream<String> implemented = code.stream()
                .map(JavaClass::reflect)
                .flatMap(each -> members(each).flatMap(member -> inherited(each, member)));
        return Stream.concat(called, implemented).collect(Collectors.toCollection(TreeSet::new));
    }

    static Set<String> withoutParameters(Set<String> overloads) {
        return overloads.stream()
                .map(overload -> overload.replaceAll("\\(.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The tests of the words, without those that only show that something compiles. */
    static List<JavaClass> codeOfTests() {
        return imported(importer -> importer.importPackages(Vocabulary.class.getPackageName()))
                .filter(type -> !type.getName().contains("LinesThatCompile"))
                .toList();
    }

    /** That class and those inside it. */
    static List<JavaClass> codeOf(Class<?> type) {
        return imported(importer -> importer.importClasses(withInner(type))).toList();
    }

    private static List<Class<?>> withInner(Class<?> type) {
        return Stream.concat(
                        Stream.of(type),
                        Arrays.stream(type.getDeclaredClasses()).flatMap(inner -> withInner(inner).stream()))
                .toList();
    }

    /** Without the classes they name in turn: of those the name is enough, and all of them would take seconds. */
    private static Stream<JavaClass> imported(Function<ClassFileImporter, JavaClasses> what) {
        List<JavaClass> classes = new ArrayList<>();
        ArchConfiguration.withThreadLocalScope(configuration -> {
            configuration.setResolveMissingDependenciesFromClassPath(false);
            classes.addAll(what.apply(new ClassFileImporter()));
        });
        return classes.stream();
    }

    /** What an access means: the member of that name and shape of the type or of one of its parents. */
    private Stream<String> meant(JavaAccess<?> access) {
        AccessTarget target = access.getTarget();
        JavaClass owner = target.getOwner();
        if (!owner.getName().startsWith(OURS)) {
            return Stream.empty();
        }
        String wanted = target instanceof AccessTarget.CodeUnitAccessTarget unit
                ? (unit.getName().equals(JavaConstructor.CONSTRUCTOR_NAME) ? "new" : unit.getName())
                        + shape(unit.getRawParameterTypes().stream().map(JavaClass::getSimpleName))
                : target.getName();
        return words(withParents(owner.reflect()), wanted);
    }

    private Stream<String> inherited(Class<?> type, String member) {
        Set<Class<?>> parents = new LinkedHashSet<>(Arrays.asList(type.getInterfaces()));
        if (type.getSuperclass() != null) {
            parents.addAll(withParents(type.getSuperclass()));
        }
        return words(parents, member.substring(name(type).length() + 1));
    }

    private Stream<String> words(Set<Class<?>> among, String wanted) {
        return among.stream()
                .filter(types::contains)
                .flatMap(type -> Stream.concat(members(type), constants(type))
                        .filter(word -> word.equals(name(type) + "." + wanted)));
    }

    private static Stream<String> members(Class<?> type) {
        Stream<Executable> constructors = Modifier.isAbstract(type.getModifiers())
                ? Stream.empty()
                : Arrays.stream(type.getDeclaredConstructors());
        return Stream.concat(Arrays.stream(type.getDeclaredMethods()), constructors)
                .filter(member -> Modifier.isPublic(member.getModifiers()) && !member.isSynthetic())
                .filter(member -> !OTHER_MEMBERS.contains(member.getName()))
                .map(member -> name(type) + "."
                        + (member instanceof java.lang.reflect.Constructor<?> ? "new" : member.getName())
                        + shape(Arrays.stream(member.getParameterTypes()).map(Class::getSimpleName)));
    }

    private static Stream<String> constants(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> Modifier.isPublic(field.getModifiers()))
                .map(field -> name(type) + "." + field.getName());
    }

    private static String shape(Stream<String> parameters) {
        return parameters.collect(Collectors.joining(", ", "(", ")"));
    }

    /** With the types around it. */
    static String name(Class<?> type) {
        return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    }

    private static boolean isPublic(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getEnclosingClass()) {
            if (!Modifier.isPublic(each.getModifiers())) {
                return false;
            }
        }
        return true;
    }

    private static Set<Class<?>> withParents(Class<?> type) {
        Set<Class<?>> all = new LinkedHashSet<>();
        List<Class<?>> open = new ArrayList<>(List.of(type));
        while (!open.isEmpty()) {
            Class<?> next = open.remove(0);
            if (next.getName().startsWith(OURS) && all.add(next)) {
                open.addAll(Arrays.asList(next.getInterfaces()));
                Stream.ofNullable(next.getSuperclass()).filter(Objects::nonNull).forEach(open::add);
            }
        }
        return all;
    }
}
