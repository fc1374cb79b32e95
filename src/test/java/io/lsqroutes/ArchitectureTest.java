package io.lsqroutes;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.lsqroutes.event.ChangeRequested;
import io.lsqroutes.event.EventJson;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

@AnalyzeClasses(packagesOf = Application.class, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule eventsAndOutcomesKnowNeitherCamelNorKafka = noClasses()
            .that()
            .resideInAnyPackage("..event..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.camel..", "org.apache.kafka..");

    @ArchTest
    static final ArchRule theBudgetKnowsOnlyCamel = noClasses()
            .that()
            .resideInAPackage("..budget..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..leadsquared..",
                    "..attempt..",
                    "..ledger..",
                    "..commit..",
                    "..journal..",
                    "..intake..",
                    "org.apache.kafka..",
                    "org.apache.hc..");

    @ArchTest
    static final ArchRule theApiKnowsNothingOfKafka = noClasses()
            .that()
            .resideInAPackage("..leadsquared..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..intake..",
                    "..ledger..",
                    "..commit..",
                    "..journal..",
                    "..kafka..",
                    "org.apache.camel.component.kafka..");

    @ArchTest
    static final ArchRule kafkaKnowsNothingOfTheApi = noClasses()
            .that()
            .resideInAnyPackage(
                    "..intake..", "..ledger..", "..commit..", "..journal..", "..kafka..", "..topics..", "..replay..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..leadsquared..", "org.apache.hc..", "org.apache.camel.component.http..");

    /** A second CRM would be a second folder. */
    @ArchTest
    static final ArchRule onlyTheWiringAndTheSettingsKnowTheApi = noClasses()
            .that()
            .resideOutsideOfPackages("io.lsqroutes", "..settings..", "..leadsquared..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..leadsquared..");

    @ArchTest
    static final ArchRule packagesDependOneWay =
            slices().matching("io.lsqroutes.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule namesComeFromTheField = classes()
            .should()
            .haveSimpleNameNotEndingWith("Manager")
            .andShould()
            .haveSimpleNameNotEndingWith("Helper")
            .andShould()
            .haveSimpleNameNotEndingWith("Util")
            .andShould()
            .haveSimpleNameNotEndingWith("Processor");

    @ArchTest
    static final ArchRule onlyTheLedgerAndTheReplayWriteToKafka = noClasses()
            .that()
            .haveNameNotMatching(
                    "io\\.lsqroutes\\.[a-z]+\\.(KafkaNames|KafkaTrial|TransactionalProducers|LedgerEntry|RejectedRecord|LedgerTransaction|OutcomeRecords|ForwardRecords|DeadLetter|ReplayPlan|ReplayWriter).*")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka.clients.producer..");

    /** Else words and digits depend on the machine's language, and text on its encoding. */
    @ArchTest
    static final ArchRule languageAndEncodingAreAlwaysNamed = noClasses()
            .should()
            .callMethod(String.class, "toLowerCase")
            .orShould()
            .callMethod(String.class, "toUpperCase")
            .orShould()
            .callMethod(String.class, "format", String.class, Object[].class)
            .orShould()
            .callMethod(String.class, "formatted", Object[].class)
            .orShould()
            .callMethod(String.class, "getBytes")
            .orShould()
            .callConstructor(String.class, byte[].class)
            .orShould()
            .callMethod(PrintStream.class, "printf", String.class, Object[].class)
            .orShould()
            .callMethod(PrintStream.class, "format", String.class, Object[].class)
            .orShould()
            .callConstructor(PrintStream.class, OutputStream.class)
            .orShould()
            .callConstructor(InputStreamReader.class, InputStream.class)
            .orShould()
            .callMethod(DateTimeFormatter.class, "ofPattern", String.class)
            .orShould()
            .callMethod(ZoneId.class, "systemDefault");

    @ArchTest
    static final ArchRule secretsAreWrittenForTheChangeTopicAlone = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.lsqroutes.replay.ReplayPlan")
            .should()
            .callMethod(EventJson.class, "writeWithSecrets", ChangeRequested.class, Instant.class);
}
