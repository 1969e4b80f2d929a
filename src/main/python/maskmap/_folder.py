"""The files of one store folder: what the manifest says of them is checked before they are mapped."""
import os

from . import _document, _npy
from ._errors import FormatError

MANIFEST = "maskmap.json"
DATA_SET = "dataset.json"
MASKS, RUNS, ROWS = "masks.npy", "runs.npy", "rows.npy"
FOREGROUND, AREAS, CRC32 = "foreground.npy", "areas.npy", "crc32.npy"
NAMES, NAME_OFFSETS = "names.txt", "name_offsets.npy"
SHAPES, OFFSETS = "shapes.npy", "offsets.npy"


def index_files(layout, ragged):
    """The files of which checksums are kept, and of which the id is made, in order."""
    files = [FOREGROUND, AREAS, CRC32, NAMES, NAME_OFFSETS]
    files += [ROWS] if layout == "runs" else []
    files += [SHAPES] if ragged else []
    return files + ([OFFSETS] if ragged or layout == "runs" else [])


class Manifest:
    """maskmap.json, read and checked."""

    def __init__(self, store):
        path = os.path.join(store, MANIFEST)
        try:
            text = _document.read(path)
        except FileNotFoundError:
            if os.path.exists(store):
                raise FormatError(
                    f"{store}: not a store: it has no {MANIFEST} (a folder of images becomes a store with "
                    "`maskmap pack`)"
                ) from None
            raise FormatError(f"{store}: missing; copy the store again") from None
        self.id = _document.member(text, "id", str, path)
        self.layout = _document.member(text, "layout", str, path)
        packing = _document.member(text, "packing", dict, path)
        self._expect(self.layout in ("bits", "runs"), "layout", self.layout, "bits or runs", path)
        planes = _document.integer(text, "planes", path, 1)
        self._expect(planes == 1, "planes", planes, 1, path)
        axis, order = packing.get("axis"), packing.get("bitorder")
        self._expect(axis == -2, "packing.axis", axis, -2, path)
        self._expect(order == "big", "packing.bitorder", order, "big", path)
        self.masks = _document.integer(text, "masks", path, 1)
        self.shape = None
        if "height" in text or "width" in text:
            most = 2**31 - 1
            self.shape = tuple(_document.integer(text, side, path, 1, most) for side in ("height", "width"))
        self.files = _document.member(text, "files", dict, path)
        self._check_files(path)

    @staticmethod
    def _expect(right, name, found, expected, path):
        if not right:
            raise FormatError(
                f"{path}: {name} is {found}, and this version of maskmap reads {expected}: use a newer maskmap"
            )

    def _check_files(self, path):
        for name in self.files:
            entry = _document.member(self.files, name, dict, path)
            _document.integer(entry, "bytes", path, 0)
        pixels = MASKS if self.layout == "bits" else RUNS
        for name in [pixels] + index_files(self.layout, self.shape is None):
            if name not in self.files:
                raise FormatError(f"{path}: does not list {name}; copy the store again")
            if name != pixels:
                _document.integer(self.files[name], "crc32", path, 0, 0xFFFFFFFF)

    def key(self):
        """What another manifest in its place would not have."""
        return self.id, self.masks, self.layout


class Folder:
    """Opens the files of a store."""

    def __init__(self, store, manifest):
        self.store, self.manifest = store, manifest

    def path(self, name):
        return os.path.join(self.store, name)

    def bytes(self, name):
        return self.manifest.files[name]["bytes"]

    def elements(self, name, size):
        """How many elements of so many bytes a file holds by its length."""
        return (self.bytes(name) - _npy.HEADER_BYTES) // size

    def _open(self, name):
        path = self.path(name)
        try:
            file = open(path, "rb")
        except FileNotFoundError:
            raise FormatError(f"{path}: missing; copy the store again") from None
        found = os.fstat(file.fileno()).st_size
        if found != self.bytes(name):
            file.close()
            raise FormatError(
                f"{path}: {found} bytes, and {MANIFEST} says {self.bytes(name)}; copy the store again"
            )
        return file

    def text(self, name):
        """All bytes of a file that is no array."""
        with self._open(name) as file:
            return _npy.load_bytes(file, self.path(name), 0, self.bytes(name))

    def array(self, name, descr, shape):
        """An array, which must be of this type and shape and end its file."""
        with self._open(name) as file:
            offset = self._header(file, name, descr, shape)
            data = _npy.load_bytes(file, self.path(name), offset, self.bytes(name) - offset)
        return data.view(descr).reshape(shape)

    def check(self, name, descr, shape):
        """Checks an array that nobody needs."""
        with self._open(name) as file:
            self._header(file, name, descr, shape)

    def _header(self, file, name, descr, shape):
        header = _npy.read_header(file, self.path(name))
        if (header.descr, header.fortran, header.shape) != (descr, False, tuple(shape)):
            order = " in Fortran order" if header.fortran else ""
            raise FormatError(
                f"{self.path(name)}: an array {header.descr} {header.shape}{order}, and {MANIFEST} makes it "
                f"{descr} {tuple(shape)}; copy the store again"
            )
        end = header.offset + header.count * int(descr[2:])
        if end != self.bytes(name):
            raise FormatError(
                f"{self.path(name)}: {self.bytes(name)} bytes, and its array ends at byte {end}; copy the store again"
            )
        return header.offset
