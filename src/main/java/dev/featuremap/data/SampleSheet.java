package dev.featuremap.data;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/** Labelled examples to look at, as one picture. */
public final class SampleSheet {
    private static final int LEAST_CELL = 56;
    private static final int GAP = 8;
    private static final int CAPTION = 16;

    private SampleSheet() {}

    /**
     * The first examples in a grid, each enlarged by a whole number and with its label beneath.
     *
     * @param count number of examples, at most those there are
     * @param columns examples in a row
     */
    public static BufferedImage draw(ExampleSet examples, int count, int columns) {
        int shown = Math.min(count, examples.size());
        BufferedImage first = image(examples.picture(0));
        int zoom = Math.max(1, LEAST_CELL / Math.max(first.getWidth(), first.getHeight()));
        int cellWidth = Math.max(LEAST_CELL, zoom * first.getWidth()) + GAP;
        int cellHeight = zoom * first.getHeight() + CAPTION + GAP;
        int rows = (shown + columns - 1) / columns;
        BufferedImage sheet = new BufferedImage(
                Math.min(columns, shown) * cellWidth + GAP, rows * cellHeight + GAP, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = sheet.createGraphics();
        try {
            pen.setColor(Color.WHITE);
            pen.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
            pen.setColor(Color.BLACK);
            pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, CAPTION - 4));
            pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            for (int i = 0; i < shown; i++) {
                int x = GAP + i % columns * cellWidth;
                int y = GAP + i / columns * cellHeight;
                LabelledPicture picture = examples.picture(i);
                pen.drawImage(image(picture), x, y, zoom * first.getWidth(), zoom * first.getHeight(), null);
                pen.drawString(picture.label(), x, y + zoom * first.getHeight() + CAPTION - 4);
            }
        } finally {
            pen.dispose();
        }
        return sheet;
    }

    /**
     * The first examples side by side without captions, in a row as each of these sets has them.
     *
     * @param count number of examples, at most those there are
     * @param side what the longer side of each is made smaller to, in pixels, if it is longer
     */
    public static BufferedImage strip(List<ExampleSet> rows, int count, int side) {
        int shown = Math.min(count, rows.get(0).size());
        BufferedImage first = image(rows.get(0).picture(0));
        double zoom = Math.min(1, (double) side / Math.max(first.getWidth(), first.getHeight()));
        int width = Math.max(1, (int) Math.round(zoom * first.getWidth()));
        int height = Math.max(1, (int) Math.round(zoom * first.getHeight()));
        BufferedImage strip = new BufferedImage(shown * width, rows.size() * height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = strip.createGraphics();
        try {
            pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            for (int row = 0; row < rows.size(); row++) {
                for (int i = 0; i < shown; i++) {
                    BufferedImage picture = image(rows.get(row).picture(i));
                    pen.drawImage(picture, i * width, row * height, width, height, null);
                }
            }
        } finally {
            pen.dispose();
        }
        return strip;
    }

    /** A picture in its own size: one of three channels in red, green and blue, of any other number each in grey, side by side. */
    public static BufferedImage image(LabelledPicture picture) {
        boolean colour = picture.channels() == 3;
        int shown = colour ? 1 : picture.channels();
        BufferedImage image = new BufferedImage(shown * picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int column = x % picture.width();
                int first = picture.level(x / picture.width(), y, column);
                int green = colour ? picture.level(1, y, column) : first;
                int blue = colour ? picture.level(2, y, column) : first;
                image.setRGB(x, y, first << 16 | green << 8 | blue);
            }
        }
        return image;
    }
}
