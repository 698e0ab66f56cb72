package dev.featuremap.workspace;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What differs among settings. */
public final class Changes {
    private Changes() {}

    /** The keys whose values are not the same in all of some settings, last those that some have and others not; in the first one's order. */
    public static List<String> keys(List<Map<String, String>> settings) {
        Set<String> keys = new LinkedHashSet<>();
        settings.forEach(one -> keys.addAll(one.keySet()));
        List<String> changed = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String key : keys) {
            Set<String> values = new HashSet<>();
            settings.forEach(one -> values.add(one.get(key)));
            if (values.size() > 1) {
                (values.contains(null) ? missing : changed).add(key);
            }
        }
        changed.addAll(missing);
        return changed;
    }
}
