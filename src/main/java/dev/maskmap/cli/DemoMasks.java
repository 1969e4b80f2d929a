package dev.maskmap.cli;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.util.SplittableRandom;

/**
 * Draws full-HD masks as segmentation gives them: a few solid objects with smooth or straight
 * outlines, some thin ones, sometimes holes. The same seed and index draw the same mask.
 */
final class DemoMasks {
  static final int HEIGHT = 1080;
  static final int WIDTH = 1920;

  private static final double MIN_SHARE = 0.02;
  private static final double MAX_SHARE = 0.50;

  private final SplittableRandom random;
  private final Graphics2D canvas;

  private DemoMasks(SplittableRandom random, Graphics2D canvas) {
    this.random = random;
    this.canvas = canvas;
  }

  /** Draws mask {@code index} of {@code seed}, between 2 % and 50 % of it foreground (white). */
  static BufferedImage draw(long seed, int index) {
    // Golden-ratio steps keep the generators of neighbouring indexes apart.
    SplittableRandom random = new SplittableRandom(seed + index * 0x9E3779B97F4A7C15L);
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_BINARY);
    double share = 0;
    while (share < MIN_SHARE || share > MAX_SHARE) {
      Graphics2D canvas = image.createGraphics();
      new DemoMasks(random, canvas).drawObjects();
      canvas.dispose();
      share = foreground(image) / ((double) HEIGHT * WIDTH);
    }
    return image;
  }

  /** Returns the number of white pixels. */
  static int foreground(BufferedImage image) {
    DataBuffer packed = image.getRaster().getDataBuffer();
    int count = 0;
    for (int i = 0; i < packed.getSize(); i++) {
      count += Integer.bitCount(packed.getElem(i));
    }
    return count;
  }

  private void drawObjects() {
    canvas.setColor(Color.BLACK);
    canvas.fillRect(0, 0, WIDTH, HEIGHT);
    int objects = 1 + random.nextInt(5);
    for (int i = 0; i < objects; i++) {
      canvas.setColor(Color.WHITE);
      double x = random.nextDouble(WIDTH);
      double y = random.nextDouble(HEIGHT);
      double radius = 60 + random.nextDouble(320);
      switch (random.nextInt(4)) {
        case 0 -> drawEllipse(x, y, radius);
        case 1 -> canvas.fill(blob(x, y, radius));
        case 2 -> canvas.fill(polygon(x, y, radius));
        default -> drawStroke(x, y);
      }
      if (random.nextInt(3) == 0) {
        canvas.setColor(Color.BLACK);
        canvas.fill(blob(x, y, radius * 0.35));
      }
    }
  }

  private void drawEllipse(double x, double y, double radius) {
    double ratio = 0.4 + random.nextDouble(0.6);
    double angle = random.nextDouble(Math.PI);
    canvas.rotate(angle, x, y);
    canvas.fill(
        new Ellipse2D.Double(x - radius, y - radius * ratio, 2 * radius, 2 * radius * ratio));
    canvas.rotate(-angle, x, y);
  }

  private Polygon polygon(double x, double y, double radius) {
    int corners = 4 + random.nextInt(9);
    Polygon polygon = new Polygon();
    for (int i = 0; i < corners; i++) {
      double angle = 2 * Math.PI * i / corners;
      double r = radius * (0.5 + random.nextDouble(0.5));
      polygon.addPoint((int) (x + r * Math.cos(angle)), (int) (y + r * Math.sin(angle)));
    }
    return polygon;
  }

  /** A closed smooth outline: a circle whose radius swings a few times, as organs and people do. */
  private Path2D blob(double x, double y, double radius) {
    int waves = 2 + random.nextInt(5);
    double depth = 0.08 + random.nextDouble(0.25);
    double phase = random.nextDouble(2 * Math.PI);
    Path2D path = new Path2D.Double();
    for (int degree = 0; degree < 360; degree += 2) {
      double angle = Math.toRadians(degree);
      double r = radius * (1 + depth * Math.sin(waves * angle + phase));
      double px = x + r * Math.cos(angle);
      double py = y + r * Math.sin(angle);
      if (degree == 0) {
        path.moveTo(px, py);
      } else {
        path.lineTo(px, py);
      }
    }
    path.closePath();
    return path;
  }

  private void drawStroke(double x, double y) {
    Path2D path = new Path2D.Double();
    path.moveTo(x, y);
    path.curveTo(
        random.nextDouble(WIDTH),
        random.nextDouble(HEIGHT),
        random.nextDouble(WIDTH),
        random.nextDouble(HEIGHT),
        random.nextDouble(WIDTH),
        random.nextDouble(HEIGHT));
    float thickness = 12 + random.nextInt(60);
    canvas.setStroke(new BasicStroke(thickness, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    canvas.draw(path);
  }
}
