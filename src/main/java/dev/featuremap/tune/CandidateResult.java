package dev.featuremap.tune;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.featuremap.run.RunStatus;
import java.util.Map;

/**
 * What came of one candidate.
 *
 * @param index from 0, in the order of the draws
 * @param parameters the values of its spaces by their keys; those of layers it does not have are left out
 * @param cause why it diverged or failed; else null
 * @param score on the validation data, in the metric candidates are ranked by; null where it has none. That of an
 *     abandoned one is from its last epoch, and does not count
 * @param epochs trained; null where it failed
 * @param start UTC, ISO 8601; null where its run did not come to its end
 * @param seconds the run took in all; null likewise
 * @param runDir null when its values do not go together
 */
@JsonInclude(Include.NON_NULL)
public record CandidateResult(
        int index,
        Map<String, Object> parameters,
        RunStatus status,
        String cause,
        Double score,
        Integer epochs,
        String start,
        Double seconds,
        String runDir) {
    /** Whether it came to its end with a score, so that it may be the best. */
    public boolean counts() {
        return score != null && (status == RunStatus.DONE || status == RunStatus.STOPPED_EARLY);
    }
}
