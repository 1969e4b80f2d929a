"""Opens what a path names: a store, a data set of stores, or a bare array."""
import hashlib
import io
import os
import re

from . import _document, _folder, _npy, _part
from ._errors import FormatError
from ._store import Store

# How often opening starts again when the store is replaced under it.
_ATTEMPTS = 10
_PART = re.compile(r"part-[0-9]{5,9}\.masks")


def open(path, height=None):
    """Opens a store, a data set, or a `.npy` file of masks packed down the columns, as a memory map.

    path: a folder that maskmap wrote, or a file that `numpy.save` wrote of `numpy.packbits(mask, axis=-2)`: uint8
        (packed rows, width) for one mask, (masks, packed rows, width) for many. A list of folders, such as
        `sorted(glob.glob("train-*.masks"))`, opens as one store, whose masks are numbered through; a name that comes
        twice is the first one's then.
    height: for a `.npy` file, the masks' height in pixels; without it 8 times the packed rows, and an array that looks
        unpacked is refused.

    Returns a Store. Raises FileNotFoundError where nothing is, FormatError where it is something else, is damaged or
    was written by a newer version.
    """
    if isinstance(path, (list, tuple)):
        return _all([os.fspath(one) for one in path], height)
    path = os.fspath(path)
    if not os.path.exists(path):
        raise _missing(path)
    if not os.path.isdir(path):
        return _bare(path, height)
    if height is not None:
        raise ValueError(f"{path}: height={height} is for .npy files; a store knows its heights")
    for attempt in range(_ATTEMPTS):
        found = _describe(path)
        store, failure = None, None
        try:
            store = found.open(path)
        except (OSError, FormatError) as e:
            failure = e
        # A writer may have put another store in this place between the first file and the last.
        if not _is_still(path, found):
            continue
        if failure is not None:
            raise failure
        return store
    raise FormatError(f"{path}: is being replaced over and over; try again")


def _all(paths, height):
    if not paths:
        raise ValueError("no stores; give one or more")
    if len(paths) == 1:
        return open(paths[0], height)
    parts = []
    for path in paths:
        if os.path.isfile(path):
            raise FormatError(f"{path}: a bare array, and several are opened as one only if they are stores; pack it")
        parts += open(path, height)._parts
    return Store(paths[0], data_set_id([part.index.id for part in parts]), parts, where=paths)


def reopen(path, height, id):
    """What a pickled store becomes in another process."""
    store = open(path, height)
    if store.id != id:
        raise FormatError(f"{store.path}: was replaced by another store (id {store.id}) since it was pickled (id {id})")
    return store


def _missing(path):
    parent, name = os.path.split(os.path.abspath(path))
    old = re.compile(re.escape(f".{name}.old-") + "[0-9a-f]{1,32}")
    for entry in sorted(os.listdir(parent)) if os.path.isdir(parent) else []:
        if old.fullmatch(entry):
            return FormatError(
                f"{path}: missing, because replacing it was interrupted; the old store is whole: rename "
                f"{os.path.join(parent, entry)} to {name}"
            )
    return FileNotFoundError(2, "no such file or folder", path)


def _describe(path):
    is_set = not os.path.exists(os.path.join(path, _folder.MANIFEST))
    is_set = is_set and os.path.exists(os.path.join(path, _folder.DATA_SET))
    return _DataSet(path) if is_set else _One(path)


def _is_still(path, found):
    try:
        return _describe(path).key() == found.key()
    except (OSError, FormatError):
        return False


class _One:
    def __init__(self, path):
        self._manifest = _folder.Manifest(path)

    def key(self):
        return self._manifest.key()

    def open(self, path):
        return Store(path, self._manifest.id, [_part.open_part(path, self._manifest)])


class _DataSet:
    """dataset.json: the stores of which a data set is made."""

    def __init__(self, path):
        file = os.path.join(path, _folder.DATA_SET)
        text = _document.read(file)
        self._id = _document.member(text, "id", str, file)
        masks = _document.integer(text, "masks", file, 1)
        self._parts = [self._part(part, file) for part in _document.member(text, "parts", list, file)]
        names = {name for name, _, _ in self._parts}
        total = sum(masks for _, masks, _ in self._parts)
        id = data_set_id([id for _, _, id in self._parts])
        if not self._parts or len(names) < len(self._parts) or total != masks or id != self._id:
            raise FormatError(
                f"{file}: {masks} masks and id {self._id}, and its {len(self._parts)} parts, {len(names)} of them "
                f"different, make it {total} and {id}; copy the data set again"
            )

    @staticmethod
    def _part(part, file):
        if not isinstance(part, dict):
            raise FormatError(f"{file}: a part {part!r}; expected an object; copy the data set again")
        name = _document.member(part, "store", str, file)
        if not _PART.fullmatch(name):  # nothing that leads out of the folder
            raise FormatError(f"{file}: a part '{name}'; expected names such as part-00000.masks")
        return name, _document.integer(part, "masks", file, 1), _document.member(part, "id", str, file)

    def key(self):
        return self._parts

    def open(self, path):
        parts = []
        for name, masks, id in self._parts:
            store = os.path.join(path, name)
            manifest = _folder.Manifest(store)
            if (manifest.masks, manifest.id) != (masks, id):
                raise FormatError(
                    f"{store}: {manifest.masks} masks and id {manifest.id}, and {_folder.DATA_SET} says {masks} and "
                    f"{id}; copy the data set again"
                )
            parts.append(_part.open_part(store, manifest))
        return Store(path, self._id, parts)


def data_set_id(ids):
    """The id of a data set of such parts."""
    lines = "maskmap data set 1\n" + "".join(id + "\n" for id in ids)
    return hashlib.sha256(lines.encode("utf-8")).hexdigest()[:32]


def _bare(path, height):
    with io.open(path, "rb") as file:
        header = _npy.read_header(file, path)
        _check_kind(header, path, height is not None)
        shape = _bare_shape(header, path)
        length = os.fstat(file.fileno()).st_size
        if length < header.offset + header.count:
            raise FormatError(
                f"{path}: {length} bytes, and its array of shape {header.shape} ends at byte "
                f"{header.offset + header.count}; copy it again"
            )
        flat = _npy.load_bytes(file, path, header.offset, header.count)
    if height is None:
        if _part.looks_unpacked(flat):
            raise _unpacked(path, "holds only the values 0 and 1")
        height = 8 * shape[1]
    elif not 8 * shape[1] - 8 < height <= 8 * shape[1]:
        raise FormatError(
            f"{path}: {shape[1]} packed rows a mask hold {8 * shape[1] - 7} to {8 * shape[1]} pixel rows, and the "
            f"height given is {height}"
        )
    return Store(path, "", [_part.bare_part(path, flat.reshape(shape), height)], height)


def _bare_shape(header, path):
    shape = header.shape
    if len(shape) not in (2, 3):
        raise FormatError(f"{path}: shape {shape}; expected (packed rows, width) or (masks, packed rows, width)")
    shape = shape if len(shape) == 3 else (1,) + shape
    if min(shape) < 1 or shape[1] > (2**31 - 1) // 8 or shape[2] > 2**31 - 1:
        raise FormatError(
            f"{path}: shape {shape}; expected at least one mask, packed row and column, and sides below 2^31 pixels"
        )
    return shape


def _check_kind(header, path, trusted):
    if header.descr == "|b1" and not trusted:
        raise _unpacked(path, "holds booleans (|b1)")
    if header.descr not in ("|u1", "|i1", "|b1"):
        raise FormatError(
            f"{path}: elements of type {header.descr}; masks packed by numpy.packbits(mask, axis=-2) are |u1"
        )
    if header.fortran:
        raise FormatError(
            f"{path}: in Fortran order; save numpy.ascontiguousarray(a) instead, so that columns lie side by side"
        )


def _unpacked(path, what):
    return FormatError(
        f"{path}: {what}, so it is taken for unpacked pixels; pack it with maskmap.pack or "
        "numpy.packbits(mask, axis=-2), or give the masks' height (height=...) if it is packed"
    )
