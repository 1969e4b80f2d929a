"""Masks of COCO annotation files, by an arithmetic of its own.

Polygons follow the steps of the COCO API one by one: all points of the outline on a grid of five a
pixel, the crossings of the middles of pixel columns, sorted, and run lengths of them. Prints, for
each file named on the command line: file, kind of mask, name, height, width, foreground pixels, and
the SHA-256 of the mask packed down the columns. The kinds are annotation, category and image.
"""

import hashlib
import json
import os
import sys

import numpy as np


def c_int(values):
    """What a cast to int gives on x86: towards zero, the least int for what is no number."""
    bad = ~np.isfinite(values)
    out = np.trunc(np.where(bad, 0, values)).astype(np.int64)
    out[bad] = -(2**31)
    return out


def outline(corners):
    """All grid points along the edges of a closed polygon, edge after edge."""
    x = c_int(5.0 * corners[0::2] + 0.5)
    y = c_int(5.0 * corners[1::2] + 0.5)
    us, vs = [], []
    for j in range(len(x)):
        k = (j + 1) % len(x)
        xs, ys, xe, ye = int(x[j]), int(y[j]), int(x[k]), int(y[k])
        dx, dy = abs(xe - xs), abs(ye - ys)
        flip = (dx >= dy and xs > xe) or (dx < dy and ys > ye)
        if flip:
            xs, ys, xe, ye = xe, ye, xs, ys
        steps = np.arange(max(dx, dy) + 1)
        if flip:
            steps = steps[::-1]
        if dx >= dy:
            slope = (ye - ys) / dx if dx else float("nan")
            us.append(steps + xs)
            vs.append(c_int(ys + slope * steps + 0.5))
        else:
            slope = (xe - xs) / dy
            vs.append(steps + ys)
            us.append(c_int(xs + slope * steps + 0.5))
    return np.concatenate(us), np.concatenate(vs)


def polygon(corners, height, width):
    """Run lengths of one polygon, background first."""
    u, v = outline(np.array(corners, dtype=np.float64))
    u0, u1, v0, v1 = u[:-1], u[1:], v[:-1], v[1:]
    moved = u0 != u1
    u0, u1, v0, v1 = u0[moved], u1[moved], v0[moved], v1[moved]
    xd = np.where(u1 < u0, u1, u1 - 1).astype(np.float64)
    xd = (xd + 0.5) / 5.0 - 0.5
    yd = np.minimum(v0, v1).astype(np.float64)
    yd = (yd + 0.5) / 5.0 - 0.5
    keep = (np.floor(xd) == xd) & (xd >= 0) & (xd <= width - 1)
    yd = np.ceil(np.clip(yd[keep], 0, height))
    places = np.sort(xd[keep].astype(np.int64) * height + yd.astype(np.int64))
    gaps = np.diff(np.concatenate([[0], places, [height * width]])).tolist()
    runs = [gaps[0]]
    j = 1
    while j < len(gaps):
        if gaps[j] > 0:
            runs.append(gaps[j])
            j += 1
        else:
            j += 1
            if j < len(gaps):
                runs[-1] += gaps[j]
                j += 1
    return runs


def expand(runs, height, width):
    values = np.arange(len(runs)) % 2 == 1
    flat = np.repeat(values, runs)
    assert flat.size == height * width, "counts do not sum to the size"
    return flat.reshape(width, height).T


def text_runs(text):
    runs = []
    at = 0
    while at < len(text):
        value, shift = 0, 0
        while True:
            digit = ord(text[at]) - 48
            value += (digit & 31) * 32**shift
            at += 1
            shift += 1
            if not digit & 32:
                break
        if digit & 16:
            value -= 32**shift
        runs.append(value + (runs[-2] if len(runs) > 2 else 0))
    return runs


def run_text(runs):
    out = []
    for i, run in enumerate(runs):
        value = run - runs[i - 2] if i > 2 else run
        while True:
            digit = value & 31
            value >>= 5
            done = value == (-1 if digit & 16 else 0)
            out.append(chr(48 + digit + (0 if done else 32)))
            if done:
                break
    return "".join(out)


def mask(shape, height, width):
    """The mask of one segmentation; the size may be None where run lengths carry it."""
    if isinstance(shape, list):
        out = np.zeros((height, width), bool)
        for corners in shape:
            out |= expand(polygon(corners, height, width), height, width)
        return out
    height, width = shape["size"]
    counts = shape["counts"]
    return expand(text_runs(counts) if isinstance(counts, str) else counts, height, width)


def stem(name):
    head, tail = os.path.split(name)
    return os.path.join(head, os.path.splitext(tail)[0])


def annotations(document, base):
    """Yields image name, (height, width) or None, annotation id, category name, shape."""
    if isinstance(document, dict) and "masklet" in document:
        for frame, objects in enumerate(document["masklet"]):
            name = "%s/%05d" % (document["video_id"], frame)
            for number, shape in enumerate(objects):
                yield name, None, number, None, shape
    elif isinstance(document, dict) and "counts" in document:
        yield base, None, 0, None, document
    elif isinstance(document, dict) and "image" in document:
        image = document["image"]
        for a in document["annotations"]:
            size = image["height"], image["width"]
            yield stem(image["file_name"]), size, a["id"], None, a["segmentation"]
    elif isinstance(document, dict) and "annotations" in document:
        images = {i["id"]: i for i in document["images"]}
        names = {c["id"]: c["name"] for c in document["categories"]}
        for a in document["annotations"]:
            image = images[a["image_id"]]
            size = image["height"], image["width"]
            category = names[a["category_id"]]
            yield stem(image["file_name"]), size, a["id"], category, a["segmentation"]
    else:
        frames = document["frames"] if isinstance(document, dict) else document
        for frame in frames:
            for label in frame["labels"]:
                yield stem(frame["name"]), None, label["id"], label["category"], label["rle"]


def line(file, kind, name, pixels):
    packed = np.packbits(pixels, axis=0)
    digest = hashlib.sha256(np.ascontiguousarray(packed).tobytes()).hexdigest()
    print(file, kind, name, *pixels.shape, int(pixels.sum()), digest, sep="\t")


def describe(path):
    file = os.path.basename(path)
    with open(path, encoding="utf-8") as stream:
        document = json.load(stream)
    unions = {}
    if isinstance(document, dict):
        for image in document.get("images", []):
            size = image["height"], image["width"]
            unions["image", stem(image["file_name"])] = np.zeros(size, bool)
    for image, size, number, category, shape in annotations(document, stem(file)):
        pixels = mask(shape, *(size or (None, None)))
        assert size is None or pixels.shape == size
        line(file, "annotation", "%s/%s" % (image, number), pixels)
        for key in [("image", image), ("category", "%s/%s" % (image, category))]:
            if key in unions:
                unions[key] |= pixels
            elif category is not None or key[0] == "image":
                unions[key] = pixels.copy()
    for (kind, name), pixels in unions.items():
        line(file, kind, name, pixels)


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        describe(argument)
