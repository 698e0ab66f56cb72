package dev.featuremap;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.SLF4JServiceProvider;

class LoggingTest {
    @Test
    void logbackIsTheOneBinding() {
        assertThat(LoggerFactory.getILoggerFactory()).isInstanceOf(LoggerContext.class);
        assertThat(java.util.ServiceLoader.load(SLF4JServiceProvider.class)).hasSize(1);
    }

    @Test
    void theConfigurationInConfIsTheOneInUse() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        assertThat(context.getLogger("dev.featuremap").getAppender("terminal")).isNotNull();
        assertThat(context.getLogger("ROOT").iteratorForAppenders().hasNext())
                .as("third parties write to no terminal")
                .isFalse();
    }

    /** All that Logback looks for by itself. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "logback.xml",
                "logback-test.xml",
                "META-INF/services/ch.qos.logback.classic.spi.Configurator",
            })
    void anotherProgramsLoggingIsLeftToIt(String lookedFor) throws URISyntaxException {
        Path classes = Path.of(Logging.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());

        assertThat(classes.resolve(Logging.OURS)).isRegularFile();
        assertThat(classes.resolve(lookedFor)).doesNotExist();
    }
}
