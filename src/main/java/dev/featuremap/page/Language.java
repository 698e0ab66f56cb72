package dev.featuremap.page;

import java.util.Locale;

/** A language the lecture speaks. Both wordings stand side by side in the code, so neither can lag behind. */
public enum Language {
    EN("en"),
    ZH("zh-CN");

    private final String tag;

    Language(String tag) {
        this.tag = tag;
    }

    /** The BCP 47 tag, for HTML's {@code lang}. */
    public String tag() {
        return tag;
    }

    /** The wording of this language. */
    public String say(String english, String chinese) {
        return this == EN ? english : chinese;
    }

    /** The wording of this language with values set into its {@code %} places, as {@link String#format}. */
    public String fill(String english, String chinese, Object... values) {
        return String.format(Locale.ROOT, say(english, chinese), values);
    }
}
