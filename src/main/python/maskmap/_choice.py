"""What `sampler=` takes: text such as `foreground=0.33`, for Java and for numpy."""
import math
import re

from . import samplers

_EXPECTED = (
    "expected uniform, area, foreground=SHARE, foreground-of-all=SHARE, grid, grid=STRIDE, grid=ROWSxCOLUMNS, "
    "at-least=PIXELS or at-least=PERCENT% (then *ATTEMPTS, and a comma and the sampler that draws), or a dict of "
    "the share of each class"
)


def parse(given, height, width):
    """The members that describe a sampler to the feed; raises ValueError."""
    if isinstance(given, dict):
        if not given:
            raise ValueError(f"sampler={given!r}: {_EXPECTED}")
        return {"kind": "classes", "shares": [{"name": str(c), "share": float(s)} for c, s in given.items()]}
    if not isinstance(given, str):
        raise TypeError(f"sampler is {type(given).__name__}: {_EXPECTED}")
    kind, equals, value = given.partition("=")
    try:
        if kind in ("uniform", "area") and not equals:
            return {"kind": kind}
        if kind in ("foreground", "foreground-of-all"):
            share = float(value)
            if 0 <= share <= 1:
                return {"kind": kind, "share": share}
        if kind == "grid":
            return {"kind": kind, **_strides(value if equals else f"{height}x{width}")}
        if kind == "at-least" and equals:
            return _at_least(value, height, width)
    except ValueError:
        pass
    raise ValueError(f"sampler='{given}': {_EXPECTED}")


def _strides(text):
    rows, _, columns = text.partition("x")
    strides = {"stride_y": int(rows), "stride_x": int(columns or rows)}
    if min(strides.values()) < 1:
        raise ValueError
    return strides


def _at_least(text, height, width):
    enough, _, base = text.partition(",")
    match = re.fullmatch(r"([0-9.]+)(%?)(?:\*([0-9]+))?", enough)
    if not match:
        raise ValueError
    number, percent, attempts = match.groups()
    if percent:
        pixels = _part(float(number) / 100, height * width)
    else:
        pixels = int(number)
    of = parse(base or "uniform", height, width)
    if of["kind"] not in ("uniform", "area", "foreground", "foreground-of-all"):
        raise ValueError
    return {"kind": "at-least", "pixels": pixels, "attempts": int(attempts or 16), "of": of}


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
