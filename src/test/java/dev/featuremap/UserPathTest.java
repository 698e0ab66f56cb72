package dev.featuremap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class UserPathTest {
    private static final Path HERE = Path.of("").toAbsolutePath();
    private static final String HOME = System.getProperty("user.home");

    @Test
    void aTildeIsTheHomeFolderOnlyAsTheFirstName() {
        assertThat(UserPath.of("~/a b").toString()).isEqualTo(HOME + "/a b");
        assertThat(UserPath.of("~").toString()).isEqualTo(HOME);
        assertThat(UserPath.of("~other/a").toString()).isEqualTo("~other/a");
        assertThat(UserPath.of("a/~/b").toString()).isEqualTo("a/~/b");
    }

    @Test
    void aRelativePathCountsFromTheWorkingFolder() {
        assertThat(UserPath.absolute("no/such"))
                .isEqualTo(HERE.resolve("no/such").toString());
        assertThat(UserPath.absolute("./pom.xml"))
                .isEqualTo(HERE.resolve("pom.xml").toString());
        assertThat(UserPath.absolute("/x/../y")).isEqualTo("/x/../y");
        assertThat(UserPath.find("pom.xml").toString()).isEqualTo("pom.xml");
    }
}
