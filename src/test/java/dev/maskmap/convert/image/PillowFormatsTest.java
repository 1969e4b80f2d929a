package dev.maskmap.convert.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.testing.Python;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kinds of files that the real masks do not have, written by Pillow or by hand in Python. */
@Tag("once")
class PillowFormatsTest {
  private static final String WRITE =
      """
      import os, struct, sys, zlib
      import numpy as np
      from PIL import Image
      out = sys.argv[1]
      rng = np.random.default_rng(7)
      def path(name): return os.path.join(out, name)
      def blobs(h, w, top):
          y, x = np.mgrid[0:h, 0:w]
          return ((np.sin(x / 7) + np.cos(y / 5) > 0) * (x // 3 + y // 4) % (top + 1)).astype(int)
      def image(mode, h=61, w=83):
          if mode == "1": return Image.fromarray(blobs(h, w, 1) > 0)
          if mode == "P":
              im = Image.fromarray(blobs(h, w, 99).astype(np.uint8), "P")
              im.putpalette(list(rng.integers(0, 256, 768)))
              return im
          if mode == "I;16":
              return Image.frombytes("I;16", (w, h), (blobs(h, w, 999) * 61).astype("<u2").tobytes())
          if mode == "I": return Image.fromarray((blobs(h, w, 999) * 70001 - 9000).astype(np.int32), "I")
          if mode == "F": return Image.fromarray(np.floor(blobs(h, w, 99) - 3.0).astype(np.float32), "F")
          bands = {"L": 1, "LA": 2, "RGB": 3, "RGBA": 4, "CMYK": 4}[mode]
          data = np.stack([blobs(h, w, 255 - 9 * b) for b in range(bands)], -1).astype(np.uint8)
          return Image.fromarray(data[..., 0] if bands == 1 else data, mode)
      # TIFF by Pillow
      for mode in ("1", "L", "P", "I;16", "I", "F", "LA", "RGB", "RGBA", "CMYK"):
          for method in (None, "tiff_lzw", "tiff_adobe_deflate", "tiff_deflate", "packbits"):
              image(mode).save(path(f"t_{mode.replace(';', '')}_{method}.tif"), compression=method)
      for h, w in ((1, 1), (61, 83), (64, 1000), (700, 64)):
          for method in ("tiff_ccitt", "group3", "group4"):
              image("1", h, w).save(path(f"fax_{method}_{h}_{w}.tif"), compression=method)
              image("1", h, w).save(path(f"fax_{method}_{h}_{w}_white.tif"), compression=method,
                                    tiffinfo={262: 0})
      for mode in ("L", "RGB", "I;16"):
          for method in ("tiff_lzw", "tiff_adobe_deflate"):
              image(mode).save(path(f"diff_{mode.replace(';', '')}_{method}.tif"),
                               compression=method, tiffinfo={317: 2})
      noise = Image.fromarray(rng.integers(0, 256, (200, 300), dtype=np.uint8))
      noise.save(path("noise_lzw.tif"), compression="tiff_lzw")
      noise.save(path("noise_packbits.tif"), compression="packbits")
      image("L").save(path("jpeg.tif"), compression="jpeg")
      pages = [image("1", 20 + i, 30) for i in range(12)]
      pages[0].save(path("pages.tif"), save_all=True, append_images=pages[1:], compression="group4")
      # TIFF by hand: tiles, byte orders, bits, photometric, fill order, planes, BigTIFF
      def pack(a, bits, order):
          if bits >= 8: return a.astype(order + {8: "u1", 16: "u2", 32: "u4"}[bits]).tobytes()
          rows = []
          for row in a.reshape(a.shape[0], -1):
              b = (row[:, None] >> np.arange(bits - 1, -1, -1) & 1).ravel()
              rows.append(np.packbits(b.astype(np.uint8)).tobytes())
          return b"".join(rows)
      def tiff(name, a, bits, photometric, tile=None, rows=None, order="<", fill=1, planar=1, big=False,
               deflate=False, extra=None, palette=None, drop=()):
          h, w = a.shape[:2]
          spp = a.shape[2] if a.ndim == 3 else 1
          chunks = []
          parts = [a[..., s] for s in range(spp)] if planar == 2 else [a]
          for part in parts:
              th, tw = tile or (rows or h, w)
              for y in range(0, h, th):
                  for x in range(0, w, tw):
                      c = part[y:y + th, x:x + tw]
                      if tile:
                          pad = [(0, th - c.shape[0]), (0, tw - c.shape[1])] + [(0, 0)] * (c.ndim - 2)
                          c = np.pad(c, pad)
                      c = pack(c, bits, order)
                      if deflate: c = zlib.compress(c)
                      if fill == 2: c = bytes(int(f"{b:08b}"[::-1], 2) for b in c)
                      chunks.append(c)
          size = 16 if big else 8
          data, offsets = b"", []
          for c in chunks:
              offsets.append(size + len(data)); data += c
          if len(data) % 2: data += b"\\0"
          tags = {256: [w], 257: [h], 258: [bits] * spp, 259: [8 if deflate else 1], 262: [photometric],
                  266: [fill], 277: [spp], 284: [planar]}
          o, n = (324, 325) if tile else (273, 279)
          tags[o] = offsets; tags[n] = [len(c) for c in chunks]
          if tile: tags[322] = [tile[1]]; tags[323] = [tile[0]]
          else: tags[278] = [rows or h]
          if extra is not None: tags[338] = [extra]
          if palette is not None: tags[320] = palette
          for tag in drop: del tags[tag]
          at = size + len(data)
          shorts = {258, 259, 262, 266, 277, 284, 338, 320}
          head = struct.pack(order + ("2sHHHQ" if big else "2sHL"), b"II" if order == "<" else b"MM",
                             *((43, 8, 0, at) if big else (42, at)))
          ifd = struct.pack(order + ("Q" if big else "H"), len(tags))
          more_at = at + len(ifd) + len(tags) * (20 if big else 12) + (8 if big else 4)
          more = b""
          inline = 8 if big else 4
          for tag in sorted(tags):
              v = tags[tag]
              body = struct.pack(order + ("H" if tag in shorts else "L") * len(v), *v)
              ifd += struct.pack(order + ("HHQ" if big else "HHL"), tag, 3 if tag in shorts else 4, len(v))
              if len(body) <= inline: ifd += body.ljust(inline, b"\\0")
              else:
                  ifd += struct.pack(order + ("Q" if big else "L"), more_at + len(more)); more += body
          ifd += b"\\0" * inline
          with open(path(name), "wb") as f: f.write(head + data + ifd + more)
      for order in "<>":
          o = {"<": "le", ">": "be"}[order]
          for bits in (1, 2, 4, 8, 16):
              top = min(2 ** bits - 1, 65535)
              for photometric in (0, 1):
                  a = blobs(50, 45, top) if bits < 16 else blobs(50, 45, 999) * 61
                  tiff(f"h_{o}_{bits}_{photometric}.tif", a, bits, photometric, rows=7, order=order)
                  tiff(f"h_{o}_{bits}_{photometric}_tiles.tif", a, bits, photometric, tile=(16, 32),
                       order=order)
                  tiff(f"h_{o}_{bits}_{photometric}_deflated.tif", a, bits, photometric, tile=(16, 16),
                       order=order, deflate=True)
          rgb = np.stack([blobs(40, 37, 255 - 9 * b) for b in range(4)], -1)
          tiff(f"rgb_{o}_planes.tif", rgb[..., :3], 8, 2, rows=9, order=order, planar=2)
          tiff(f"rgb_{o}_tiles.tif", rgb[..., :3], 8, 2, tile=(16, 16), order=order)
          tiff(f"rgba_{o}_tiles.tif", rgb, 8, 2, tile=(16, 16), order=order, extra=2)
          tiff(f"rgb16_{o}.tif", rgb[..., :3] * 257, 16, 2, rows=9, order=order)
          for bits in (1, 2, 4, 8):
              a = blobs(30, 31, 2 ** bits - 1)
              tiff(f"pal_{o}_{bits}.tif", a, bits, 3, order=order,
                   palette=[int(v) for v in rng.integers(0, 65536, 3 * 2 ** bits)])
      tiff("fill_1.tif", blobs(50, 45, 1), 1, 1, fill=2)
      tiff("fill_8.tif", blobs(50, 45, 255), 8, 1, fill=2)
      tiff("nocounts.tif", blobs(50, 45, 255), 8, 1, drop=(279, 278))
      tiff("big_8.tif", blobs(50, 45, 255), 8, 1, tile=(16, 16), big=True)
      tiff("big_1.tif", blobs(50, 45, 1), 1, 0, rows=4, big=True)
      # BMP, PNM, JPEG, WebP, GIF
      for mode in ("1", "L", "P", "RGB", "RGBA"): image(mode).save(path(f"b_{mode}.bmp"))
      def bmp16(name, masks):
          a = rng.integers(0, 65536 if masks else 32768, (9, 10)).astype("<u2")
          extra = struct.pack("<LLL", *masks) if masks else b""
          head = struct.pack("<2sLLL", b"BM", 54 + len(extra) + 180, 0, 54 + len(extra))
          info = struct.pack("<LllHHLLllLL", 40, 10, 9, 1, 16, 3 if masks else 0, 180, 0, 0, 0, 0)
          with open(path(name), "wb") as f: f.write(head + info + extra + a.tobytes())
      def bmp8(name, ramp):
          palette = b"".join(struct.pack("BBBB", v, v, v, 0) for v in ramp)
          head = struct.pack("<2sLLL", b"BM", 1078 + 256, 0, 1078)
          info = struct.pack("<LllHHLLllLL", 40, 16, 16, 1, 8, 0, 256, 0, 0, 256, 0)
          with open(path(name), "wb") as f: f.write(head + info + palette + bytes(range(256)))
      bmp8("b_ramp.bmp", range(256))
      bmp8("b_turned.bmp", range(255, -1, -1))
      bmp16("b_555.bmp", None)
      bmp16("b_565.bmp", (0xF800, 0x7E0, 0x1F))
      for mode, end in (("1", "pbm"), ("L", "pgm"), ("RGB", "ppm"), ("I", "pgm")):
          im = image(mode)
          if mode == "I": im = Image.fromarray(blobs(61, 83, 999) * 61, "I")
          im.save(path(f"n_{mode}.{end}"))
      def text(name, magic, a, maxval):
          h, w = a.shape[:2]
          body = "\\n".join(" ".join(str(v) for v in row.ravel()) for row in a)
          with open(path(name), "w") as f:
              f.write(f"{magic}\\n# a comment\\n{w} # another\\n{h}\\n{maxval}\\n{body}\\n")
      text("p1.pbm", "P1", blobs(17, 19, 1), "")
      text("p2.pgm", "P2", blobs(17, 19, 255), 255)
      text("p2_16.pgm", "P2", blobs(17, 19, 999), 65535)
      text("p3.ppm", "P3", rgb[..., :3] % 256, 255)
      with open(path("p6_100.ppm"), "wb") as f:
          f.write(b"P6 37 40 100\\n" + (rgb[..., :3] % 101).astype(np.uint8).tobytes())
      photo = np.stack([np.clip(rng.normal(128 + 90 * np.sin(np.mgrid[0:75, 0:93][0] / (9 + b)), 12), 0, 255)
                        for b in range(3)], -1).astype(np.uint8)
      for mode in ("L", "RGB", "CMYK"):
          im = Image.fromarray(photo).convert(mode)
          for quality in (30, 90):
              for progressive in (False, True):
                  im.save(path(f"j_{mode}_{quality}_{progressive}.jpg"), quality=quality,
                          progressive=progressive)
      for s in (0, 1, 2):
          Image.fromarray(photo).save(path(f"j_sub{s}.jpg"), subsampling=s, quality=80)
      for mode in ("L", "RGB", "RGBA"):
          image(mode).save(path(f"w_{mode}_lossless.webp"), lossless=True, exact=True)
      mask = np.where(blobs(300, 400, 9) > 0, 255, 0).astype(np.uint8)
      Image.fromarray(mask).save(path("w_lossy.webp"), quality=80)
      lossy = Image.fromarray(np.dstack([mask] * 4), "RGBA")
      lossy.save(path("w_lossy_alpha.webp"), quality=80)
      frames = [image("L"), image("L").transpose(0)]
      frames[0].save(path("w_animated.webp"), save_all=True, append_images=frames[1:])
      frames[0].save(path("g_animated.gif"), save_all=True, append_images=frames[1:])
      image("P").save(path("g_P.gif"), transparency=3)
      image("L").save(path("g_L.gif"))
      image("1").save(path("g_1.gif"), interlace=0)
      """;

  /** How the name of a file that is refused begins, and a part of the reason. */
  private static final Map<String, String> REFUSALS =
      Map.of(
          "j_CMYK_", "a JPEG of 4 components",
          "jpeg.tif", "a TIFF of compression 7 (JPEG)",
          "t_CMYK_", "a TIFF of colour space 5",
          "w_animated", "an animated WebP",
          "g_animated", "a GIF of 2 frames");

  /** Where white is zero, Pillow 9.4 knows 16 bits in one byte order only. */
  private static final String READ_BY_US_ALONE = "h_be_16_0";

  @TempDir Path folder;

  @Test
  void everyKindIsWhatPillowReadsOrIsRefusedForAReason() throws IOException {
    Python.require("numpy", "PIL").run(WRITE, folder.toString());
    List<PillowVerdict> verdicts = PillowVerdict.ofAll("", folder);
    Map<String, Integer> counts = new TreeMap<>();
    verdicts.forEach(row -> counts.merge(row.verdict(), 1, Integer::sum));
    System.out.println("images: " + verdicts.size() + " made files: " + counts);
    assertEquals(List.of(), verdicts.stream().filter(row -> !expected(row)).toList());
    for (String refused : REFUSALS.keySet()) {
      assertTrue(verdicts.stream().anyMatch(row -> row.file().startsWith(refused)), refused);
    }
  }

  private static boolean expected(PillowVerdict row) {
    String reason =
        REFUSALS.entrySet().stream()
            .filter(refusal -> row.file().startsWith(refusal.getKey()))
            .map(Map.Entry::getValue)
            .findAny()
            .orElse("");
    return switch (row.verdict()) {
      case PillowVerdict.EQUAL -> reason.isEmpty();
      case PillowVerdict.REFUSED -> !reason.isEmpty() && row.reason().contains(reason);
      case PillowVerdict.ALONE -> row.file().startsWith(READ_BY_US_ALONE);
      default -> false;
    };
  }
}
