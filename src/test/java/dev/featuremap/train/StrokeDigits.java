package dev.featuremap.train;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Digits as people draw them in a painting program: dark strokes on white, at any place, of any size and width. */
final class StrokeDigits {
    /** Strokes in a box of 1x1: M moves, L draws a line, C a cubic curve. */
    private static final String[] STROKES = {
        "M .5 0 C .1 0 .05 1 .5 1 C .95 1 .9 0 .5 0",
        "M .3 .2 L .5 0 L .5 1",
        "M .1 .25 C .15 -.1 .9 -.1 .85 .3 C .8 .55 .3 .75 .1 1 L .9 1",
        "M .1 .1 C .5 -.1 1 .05 .8 .35 C .7 .47 .5 .48 .4 .48 C .9 .45 1.05 .95 .55 1 C .35 1.02 .2 .95 .1 .88",
        "M .6 0 L .05 .65 L .95 .65 M .7 .4 L .7 1",
        "M .85 0 L .25 0 L .18 .45 C .5 .3 .95 .4 .88 .72 C .8 1.05 .3 1.05 .1 .9",
        "M .75 0 C .4 .1 .1 .45 .12 .75 C .15 1.08 .85 1.08 .86 .75 C .86 .45 .3 .42 .13 .72",
        "M .1 0 L .9 0 C .7 .3 .5 .6 .42 1",
        "M .8 .15 C .6 -.08 .2 -.02 .22 .22 C .25 .45 .85 .5 .84 .78 C .82 1.08 .15 1.08 .16 .78 C .17 .5 .8 .45 .8 .15",
        "M .82 .28 C .8 -.08 .2 -.08 .18 .28 C .18 .6 .75 .62 .82 .28 C .84 .5 .75 .8 .65 1"
    };

    private StrokeDigits() {}

    /** Draws ten of each digit into a folder for each. */
    static void draw(Path folder, long seed) {
        Random random = new Random(seed);
        for (int digit = 0; digit < 10; digit++) {
            for (int i = 0; i < 10; i++) {
                write(folder.resolve(digit + "/" + i + ".png"), drawing(STROKES[digit], random));
            }
        }
    }

    private static BufferedImage drawing(String strokes, Random random) {
        int width = 120 + random.nextInt(400);
        int height = 120 + random.nextInt(400);
        BufferedImage drawing = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D pen = drawing.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, width, height);
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setColor(Color.BLACK);
        double high = between(0.3, 0.8, random) * Math.min(width, height);
        double wide = between(0.45, 0.8, random) * high;
        double line = between(0.05, 0.16, random) * high;
        AffineTransform place = AffineTransform.getTranslateInstance(
                between(line, width - wide - line, random), between(line, height - high - line, random));
        place.scale(wide, high);
        place.shear(between(-0.15, 0.15, random), 0);
        pen.setStroke(new BasicStroke((float) line, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        pen.draw(place.createTransformedShape(path(strokes)));
        pen.dispose();
        return drawing;
    }

    private static double between(double low, double high, Random random) {
        return low + random.nextDouble() * (high - low);
    }

    private static Path2D path(String strokes) {
        Path2D path = new Path2D.Double();
        for (String step : strokes.split("(?=[MLC])", -1)) {
            String[] words = step.trim().split(" ", -1);
            double[] at = new double[words.length - 1];
            for (int i = 0; i < at.length; i++) {
                at[i] = Double.parseDouble(words[i + 1]);
            }
            switch (words[0]) {
                case "M" -> path.moveTo(at[0], at[1]);
                case "L" -> path.lineTo(at[0], at[1]);
                default -> path.curveTo(at[0], at[1], at[2], at[3], at[4], at[5]);
            }
        }
        return path;
    }

    private static void write(Path file, BufferedImage drawing) {
        try {
            Files.createDirectories(file.getParent());
            ImageIO.write(drawing, "png", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
