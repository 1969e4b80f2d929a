"""Files that list masks by name, such as those of a fold, and weights of masks."""
import difflib
import re

import numpy as np

from . import _masks
from ._errors import FormatError

_DECIMAL = re.compile(r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


def read_names(path, store):
    """The numbers of the masks that a file names, in its order, for `Masks.only` and `Masks.without`.

    The file is UTF-8, one name a line; lines that are empty or begin with # are skipped. Where several masks of a data
    set have one name all the same, it stands for all of them. Goes through the names of the store once.

    Raises FormatError for a name that the store does not have, or that is listed twice: it names the line, and the
    nearest name.
    """
    lines = _read(path, False)
    found = _find(path, lines, store)
    return np.array([mask for masks in found for mask in masks], np.int64)


def read_weights(path, masks):
    """Weights of a store's masks, or of some of them, from a file: a name, a tab and a weight of 0 or more a line.

    Masks that it does not list have weight 1. Returns a float64 array, one for each of `masks`. Raises FormatError as
    `read_names` does.
    """
    masks = _masks.of(masks)
    lines = _read(path, True)
    weights = np.ones(len(masks.store))
    for (number, name, value), found in zip(lines, _find(path, lines, masks.store)):
        if not _DECIMAL.fullmatch(value):
            raise FormatError(
                f"{path}, line {number}: '{value}' for '{name}': expected a weight of 0 or more, such as 2.5"
            )
        weights[found] = float(value)
    return weights[masks.index(np.arange(len(masks)))]


def _read(path, values):
    """(line number, name, value) of each line that counts."""
    lines, numbers = [], {}
    with open(path, "rb") as file:
        for number, line in enumerate(file, 1):
            try:
                text = line.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError:
                raise FormatError(f"{path}, line {number}: not UTF-8; save it as such") from None
            text = text[:-1] if text.endswith("\n") else text
            text = text[:-1] if text.endswith("\r") else text
            if text == "" or text.startswith("#"):
                continue
            name, tab, value = text.partition("\t") if values else (text, "", "")
            if values and (not tab or not name):
                raise FormatError(f"{path}, line {number}: '{text}': expected a name, a tab and a weight")
            if name in numbers:
                raise FormatError(f"{path}, line {number}: '{name}' stands on line {numbers[name]} too; name each once")
            numbers[name] = number
            lines.append((number, name, value.strip()))
    if not lines:
        raise FormatError(f"{path}: no names; expected one a line{', a tab and its weight' if values else ''}")
    return lines


def _find(path, lines, store):
    """The masks of each line."""
    if not store.has_names:
        raise FormatError(f"{path}: masks cannot be named: {store.path} is a bare array, without names")
    found = {name: [] for _, name, _ in lines}
    for i, name in enumerate(store.names()):
        if name in found:
            found[name].append(i)
    for number, name, _ in lines:
        if not found[name]:
            nearest = difflib.get_close_matches(name, list(store.names()), 1, 0)
            raise FormatError(
                f"{path}, line {number}: no mask is named '{name}' in {store.path}; the nearest name is '{nearest[0]}'"
            )
    return [found[name] for _, name, _ in lines]
