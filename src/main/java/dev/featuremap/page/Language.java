package dev.featuremap.page;

import java.util.Locale;

/** A language pages speak. All wordings stand side by side in the code, so none can lag behind. */
public enum Language {
    EN("en", "English"),
    ZH("zh-CN", "中文");

    private final String tag;
    private final String itself;

    Language(String tag, String itself) {
        this.tag = tag;
        this.itself = itself;
    }

    /** The BCP 47 tag, for HTML's {@code lang}. */
    public String tag() {
        return tag;
    }

    /** As options and file names say it, such as {@code zh}. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it calls itself. */
    String itself() {
        return itself;
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
