FROM eclipse-temurin:17-jdk AS build
WORKDIR /build
COPY .mvn .mvn
COPY mvnw pom.xml ./
# Without sources it only downloads: a layer that a change of the sources leaves as it is. go-offline misses some poms.
RUN ./mvnw -B -ntp -Dquick -DskipTests package
COPY routes routes
COPY src src
# Checks belong to ./mvnw verify; the sandbox portal is among the test classes, so they are compiled.
RUN ./mvnw -B -ntp -Dquick -DskipTests package

FROM eclipse-temurin:17-jre AS portal
WORKDIR /app
COPY --from=build /build/target/lib/jackson-*.jar lib/
COPY --from=build /build/target/test-classes/io/lsqroutes/sandbox classes/io/lsqroutes/sandbox
USER 1001
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-XX:+ExitOnOutOfMemoryError", "-cp", "classes:lib/*", "io.lsqroutes.sandbox.PortalMain"]

FROM eclipse-temurin:17-jre AS bundle
WORKDIR /app
# Libraries before the jar: they change seldom, and they are nearly all of the image.
COPY --from=build /build/target/lib lib
COPY --from=build /build/target/leadsquared-password-routes.jar ./
USER 1001
# A read-only file system needs a /tmp to write to and load libraries from (--tmpfs /tmp:exec): Kafka's zstd and snappy do.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-XX:+ExitOnOutOfMemoryError", "-jar", "leadsquared-password-routes.jar"]
