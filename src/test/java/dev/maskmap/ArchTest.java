package dev.maskmap;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Dependencies point one way, down the table of docs/architecture.md. */
@Tag("once")
class ArchTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("/dev/maskmap/jmh/"))
          .importPackages("dev.maskmap");

  @Test
  void packagesUseOnlyWhatLiesBelowThem() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("cli")
        .definedBy("dev.maskmap.cli")
        .layer("draw")
        .definedBy("dev.maskmap.cli.draw")
        .layer("convert")
        .definedBy("dev.maskmap.convert")
        .layer("export")
        .definedBy("dev.maskmap.convert.export")
        .layer("coco")
        .definedBy("dev.maskmap.convert.coco")
        .layer("array")
        .definedBy("dev.maskmap.convert.array")
        .layer("image")
        .definedBy("dev.maskmap.convert.image")
        .layer("pixels")
        .definedBy("dev.maskmap.convert.pixels")
        .layer("feed")
        .definedBy("dev.maskmap.feed")
        .layer("load")
        .definedBy("dev.maskmap.load")
        .layer("sample")
        .definedBy("dev.maskmap.sample")
        .layer("store")
        .definedBy("dev.maskmap")
        .layer("images")
        .definedBy("dev.maskmap.image")
        .layer("files")
        .definedBy("dev.maskmap.internal.files")
        .layer("npy")
        .definedBy("dev.maskmap.internal.npy")
        .layer("json")
        .definedBy("dev.maskmap.internal.json")
        .layer("kernel")
        .definedBy("dev.maskmap.internal.kernel")
        .layer("os")
        .definedBy("dev.maskmap.internal.os")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("draw")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("convert")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("export")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("coco")
        .mayOnlyBeAccessedByLayers("cli", "convert", "export")
        .whereLayer("array")
        .mayOnlyBeAccessedByLayers("cli", "convert")
        .whereLayer("image")
        .mayOnlyBeAccessedByLayers("cli", "convert", "export", "coco")
        .whereLayer("pixels")
        .mayOnlyBeAccessedByLayers("cli", "draw", "convert", "export", "coco", "array", "image")
        .whereLayer("feed")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("load")
        .mayOnlyBeAccessedByLayers("cli", "feed")
        .whereLayer("sample")
        .mayOnlyBeAccessedByLayers("cli", "feed", "load")
        .whereLayer("store")
        .mayOnlyBeAccessedByLayers(
            "cli", "draw", "convert", "export", "coco", "array", "image", "pixels", "feed", "load",
            "sample")
        .whereLayer("images")
        .mayOnlyBeAccessedByLayers("cli", "convert", "array", "image", "pixels", "load", "feed")
        .whereLayer("files")
        .mayOnlyBeAccessedByLayers("store", "images")
        .whereLayer("npy")
        .mayOnlyBeAccessedByLayers(
            "cli", "draw", "convert", "export", "array", "store", "images", "files")
        .whereLayer("json")
        .mayOnlyBeAccessedByLayers(
            "cli", "convert", "export", "store", "images", "files", "load", "feed")
        .whereLayer("kernel")
        .mayOnlyBeAccessedByLayers("cli", "load", "store", "images")
        .whereLayer("os")
        .mayOnlyBeAccessedByLayers("cli", "load", "store", "files")
        .check(CLASSES);
  }

  @Test
  void onlyTheKernelsNameTheVectorModule() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.maskmap.internal.kernel")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator.vector..")
        .check(CLASSES);
  }

  /**
   * While C2 has not compiled it, the JDK stores such a vector into a segment on the heap. Where
   * that is done to each vector of a patch, every store of the process slows down to half.
   */
  @Test
  void noVectorOfPackedRowsIsReinterpreted() {
    noClasses()
        .should()
        .callMethodWhere(
            target(owner(assignableTo("jdk.incubator.vector.ByteVector")))
                .and(target(nameStartingWith("reinterpret"))))
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandsNameTheirLibraries() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.maskmap.cli")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("picocli..", "me.tongfei..", "org.jline..")
        .check(CLASSES);
  }

  @Test
  void onlyAnnotationsNameTheJsonLibrary() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.maskmap.convert.coco")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.fasterxml..", "tools.jackson..")
        .check(CLASSES);
  }

  @Test
  void theStoreNeedsNoImages() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.maskmap.cli..", "dev.maskmap.convert..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.awt..", "javax.imageio..")
        .check(CLASSES);
  }
}
