package dev.featuremap.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class JsonDifferenceTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void numbersAreComparedByTheirValueAndKeysWithoutTheirOrder() throws JsonProcessingException {
        assertThat(difference("{\"a\": 1, \"b\": [2.50, 1e3]}", "{\"b\": [2.5, 1000], \"a\": 1}"))
                .isEmpty();
        assertThat(difference("{\"a\": 123456789012345678901234567890}", "{\"a\": 123456789012345678901234567890}"))
                .isEmpty();
        assertThat(difference("{\"a\": 9007199254740993}", "{\"a\": 9007199254740992}"))
                .isEqualTo("a: found 9007199254740993, which DL4J reads as 9007199254740992");
        assertThat(difference("{\"a\": 1}", "{\"a\": 2}")).isEqualTo("a: found 1, which DL4J reads as 2");
        assertThat(difference("{\"a\": 1}", "{\"a\": 1.5}")).isEqualTo("a: found 1, which DL4J reads as 1.5");
        assertThat(difference("{\"a\": 0}", "{\"a\": \"0\"}")).isEqualTo("a: found 0, which DL4J reads as \"0\"");
    }

    @Test
    void textsTruthValuesAndNullsAreComparedAsTheyStand() throws JsonProcessingException {
        assertThat(difference("{\"a\": \"x\", \"b\": true, \"c\": null}", "{\"a\": \"x\", \"b\": true, \"c\": null}"))
                .isEmpty();
        assertThat(difference("{\"a\": null}", "{\"a\": \"null\"}"))
                .isEqualTo("a: found null, which DL4J reads as \"null\"");
    }

    @Test
    void thePlaceIsTheWholePathOfTheKey() throws JsonProcessingException {
        assertThat(difference("{\"confs\": [{}, {\"stride\": 1}]}", "{\"confs\": [{}, {\"stride\": 2}]}"))
                .isEqualTo("confs[1].stride: found 1, which DL4J reads as 2");
        assertThat(difference("{\"a\": [1]}", "{\"a\": [1, 2]}")).isEqualTo("a: found [1], which DL4J reads as [1,2]");
        assertThat(difference("{\"a\": {\"strde\": 1}}", "{\"a\": {\"stride\": 1}}"))
                .isEqualTo("a.strde: DL4J does not know this key; did you mean stride?");
        assertThat(difference("{\"a\": {}}", "{\"a\": {\"c\": 3, \"b\": 2}}"))
                .isEqualTo("a.b: this key is missing; DL4J would silently take 2");
    }

    @Test
    void aLongValueIsCut() throws JsonProcessingException {
        String whole = "x".repeat(58);

        assertThat(JsonDifference.shown(JSON.readTree('"' + whole + '"'))).isEqualTo('"' + whole + '"');
        assertThat(JsonDifference.shown(JSON.readTree('"' + whole + "x\""))).isEqualTo('"' + whole + "x…");
    }

    /** Place and what is different there; empty where nothing is. */
    private static String difference(String file, String readBack) throws JsonProcessingException {
        return JsonDifference.between(JSON.readTree(file), JSON.readTree(readBack))
                .map(found -> found.path() + ": " + found.what())
                .orElse("");
    }
}
