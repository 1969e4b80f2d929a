"""The small documents of a store and of a data set: JSON that begins with a format and ends with a checksum."""
import json
import os
import zlib

from ._errors import FormatError

FORMAT = 1
MAX_BYTES = 1 << 20
MAX_DEPTH = 32
_REQUIRED = object()


def read(path):
    """Reads a document and checks format, features and checksum, in this order.

    Raises FileNotFoundError where there is none, FormatError where it is damaged or of a newer version.
    """
    if os.path.getsize(path) > MAX_BYTES:
        raise FormatError(f"{path}: more than 1 MiB; expected a small document")
    with open(path, "rb") as file:
        text = file.read()
    document = _parse(text, path)
    # Before the checksum: a later version may compute it in another way.
    found = integer(document, "format", path, 1)
    if found > FORMAT:
        raise FormatError(
            f"{path}: format {found}, and this version of maskmap reads format {FORMAT}: use a newer maskmap"
        )
    features = member(document, "features", list, path)
    if features:
        names = ", ".join(map(str, features))
        raise FormatError(f"{path}: needs features this version does not know: [{names}]; use a newer maskmap")
    _check_crc(document, text, path)
    return document


def _parse(text, path):
    try:
        document = json.loads(text.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_number)
    except (ValueError, RecursionError) as e:
        raise FormatError(f"{path}: no JSON of ours: {e}; copy the store again") from None
    if not isinstance(document, dict) or _depth(document) > MAX_DEPTH:
        raise FormatError(f"{path}: expected a JSON object of at most {MAX_DEPTH} levels; copy the store again")
    return document


def _unique(pairs):
    names = dict(pairs)
    if len(names) < len(pairs):
        raise ValueError("a member is there twice")
    return names


def _no_number(text):
    raise ValueError(f"{text} is no number")


def _depth(value):
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, list):
        return 0
    return 1 + max(map(_depth, value), default=0)


def _check_crc(document, text, path):
    expected = integer(document, "crc32", path, 0, 0xFFFFFFFF)
    end = text.rfind(b'"crc32"')
    if list(document)[-1] != "crc32" or end < 0:
        raise FormatError(f"{path}: crc32 is not the last member; copy the store again")
    found = zlib.crc32(text[:end])
    if found != expected:
        raise FormatError(
            f"{path}: damaged: the CRC-32 of its first {end} bytes is {found}, and it says {expected}; "
            "copy the store again"
        )


def member(document, name, kind, path):
    """A member that has to be there, of a type that it has to have."""
    value = document.get(name, _REQUIRED)
    if not isinstance(value, kind) or isinstance(value, bool):
        what = "missing" if value is _REQUIRED else repr(value)
        raise FormatError(f"{path}: {name} is {what}; expected {kind.__name__}; copy the store again")
    return value


def integer(document, name, path, low, high=2**63 - 1):
    """An integer from low to high."""
    value = member(document, name, int, path)
    if not low <= value <= high:
        raise FormatError(f"{path}: {name} is {value}; expected {low} to {high}; copy the store again")
    return value


def encode(members):
    """The bytes of a document with these members between its first and its last ones."""
    text = json.dumps({"format": FORMAT, "features": [], **members}, ensure_ascii=False)
    prefix = text[:-1] + ", "
    return f'{prefix}"crc32": {zlib.crc32(prefix.encode("utf-8"))}}}\n'.encode("utf-8")
