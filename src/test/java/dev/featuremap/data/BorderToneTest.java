package dev.featuremap.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BorderToneTest {
    @Test
    void tellsLightPaperFromDarkByTheBorder() {
        assertThat(BorderTone.of(picture(200, 30), 4, 5)).isEqualTo(new BorderTone(200, 30, 30, 200));
        assertThat(BorderTone.of(picture(200, 30), 4, 5).onLight()).isTrue();
        assertThat(BorderTone.of(picture(200, 30), 4, 5).onDark()).isFalse();
        assertThat(BorderTone.of(picture(0, 255), 4, 5).onDark()).isTrue();
    }

    @Test
    void tellsGreyPaperByWhatStandsOnIt() {
        assertThat(BorderTone.of(picture(90, 10), 4, 5).onLight()).isTrue();
        assertThat(BorderTone.of(picture(160, 250), 4, 5).onDark()).isTrue();
    }

    @Test
    void tellsNothingOfAPictureOfOneLevel() {
        BorderTone blank = BorderTone.of(picture(255, 255), 4, 5);
        assertThat(blank.onLight()).isFalse();
        assertThat(blank.onDark()).isFalse();
        assertThat(BorderTone.of(new byte[] {7}, 1, 1).inside()).isEqualTo(7);
    }

    @Test
    void takesAllChannelsTogether() {
        byte[] both = new byte[40];
        System.arraycopy(picture(100, 0), 0, both, 0, 20);
        System.arraycopy(picture(200, 50), 0, both, 20, 20);
        assertThat(BorderTone.of(both, 4, 5)).isEqualTo(new BorderTone(150, 25, 0, 200));
    }

    /** Four rows of five. */
    private static byte[] picture(int border, int inside) {
        byte[] levels = new byte[20];
        for (int i = 0; i < 20; i++) {
            boolean within = i / 5 % 3 != 0 && i % 5 % 4 != 0;
            levels[i] = (byte) (within ? inside : border);
        }
        return levels;
    }
}
