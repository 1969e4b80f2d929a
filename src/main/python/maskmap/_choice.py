"""What `sampler=` takes: text such as `foreground=0.33`, for Java and for numpy."""
import math
import re

from . import samplers

_EXPECTED = (
    "expected uniform, area, foreground=SHARE, foreground-of-all=SHARE, grid, grid=STRIDE or grid=ROWSxCOLUMNS, or a "
    "dict of the share of each class; behind a comma at-least=PIXELS or at-least=PERCENT%, and attempts=N"
)
_ATTEMPTS = 16


def parse(given, height, width):
    """The members that describe a sampler to the feed, of what the commands take as --sampler; raises ValueError."""
    if isinstance(given, dict):
        if not given:
            raise ValueError(f"sampler={given!r}: {_EXPECTED}")
        return {"kind": "classes", "shares": [{"name": str(c), "share": float(s)} for c, s in given.items()]}
    if not isinstance(given, str):
        raise TypeError(f"sampler is {type(given).__name__}: {_EXPECTED}")
    try:
        return _terms(given.split(","), height, width)
    except ValueError:
        raise ValueError(f"sampler='{given}': {_EXPECTED}") from None


def _terms(terms, height, width):
    found = {}
    for term in terms:
        name, _, value = term.partition("=")
        key = name if name in ("at-least", "attempts") else "base"
        if key in found:
            raise ValueError
        found[key] = value if key != "base" else term
    base = _base(found.get("base", "uniform"), height, width)
    if "at-least" not in found:
        if "attempts" in found:
            raise ValueError
        return base
    if base["kind"] == "grid":
        raise ValueError
    pixels = _pixels(found["at-least"], height * width)
    attempts = int(found.get("attempts", _ATTEMPTS))
    return {"kind": "at-least", "pixels": pixels, "attempts": attempts, "of": base}


def _base(term, height, width):
    kind, equals, value = term.partition("=")
    if kind in ("uniform", "area") and not equals:
        return {"kind": kind}
    if kind in ("foreground", "foreground-of-all"):
        share = float(value)
        if 0 <= share <= 1:
            return {"kind": kind, "share": share}
    if kind == "grid":
        return {"kind": kind, **_strides(value if equals else f"{height}x{width}")}
    raise ValueError


def _strides(text):
    match = re.fullmatch("([0-9]{1,9})(?:[xX]([0-9]{1,9}))?", text)
    if not match:
        raise ValueError
    strides = {"stride_y": int(match[1]), "stride_x": int(match[2] or match[1])}
    if min(strides.values()) < 1:
        raise ValueError
    return strides


def _pixels(text, all_pixels):
    match = re.fullmatch(r"([0-9]{1,12}|[0-9]+(?:\.[0-9]+)?%)", text)
    if not match:
        raise ValueError
    return _part(float(text[:-1]) / 100, all_pixels) if text.endswith("%") else int(text)


def _part(part, pixels):
    """The least whole number of pixels that is at least a part of them."""
    if not 0 <= part <= 1:
        raise ValueError
    least = math.ceil(part * pixels)
    return least - 1 if least > 0 and (least - 1) / pixels >= part else least


def make(spec, masks, planes, size, batch, per_mask, small, weights):
    """The sampler in numpy.

    planes: the stores by the names of their classes.
    """
    kind = spec["kind"]
    common = {"per_mask": per_mask, "small": small}
    if weights is not None and kind not in ("uniform", "foreground"):
        raise ValueError(f"sampler {kind} draws by pixels or in order and takes no weights; uniform and foreground do")
    if kind == "uniform":
        return samplers.uniform(masks, size, weights=weights, **common)
    if kind == "area":
        return samplers.area(masks, size, **common)
    if kind == "foreground":
        return samplers.foreground(masks, size, spec["share"], batch, weights=weights, **common)
    if kind == "foreground-of-all":
        return samplers.foreground_of_all(masks, size, spec["share"], batch, **common)
    if kind == "grid":
        return samplers.grid(masks, size, (spec["stride_y"], spec["stride_x"]), small=small)
    if kind == "classes":
        shares = {planes[each["name"]]: each["share"] for each in spec["shares"]}
        return samplers.classes(masks, size, shares, batch, **common)
    of = make(spec["of"], masks, planes, size, batch, per_mask, small, weights)
    return samplers.at_least(of, spec["pixels"], attempts=spec["attempts"])
