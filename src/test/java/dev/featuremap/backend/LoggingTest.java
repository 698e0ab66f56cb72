package dev.featuremap.backend;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import org.junit.jupiter.api.Test;
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
}
