"""Writes stores, as docs/format.md says: in a hidden folder beside the place, which is then renamed."""
import hashlib
import os
import zlib

import numpy as np

from . import _document, _folder, _npy, _runs
from ._expand import ONES
from ._target import Target

_ALIGNMENT = 64
_MOST_PACKED = 2**31 - 9
_COPY = 1 << 22


def pack(arrays, path, layout="bits", names=None, overwrite=False):
    """Writes masks as a store, in order.

    arrays: two-dimensional arrays or torch tensors, or one array of three dimensions; any iterable, such as a
        generator, and masks may differ in size. Every value but 0 is foreground.
    path: where the store will be: a folder that does not exist, in one that does.
    layout: `bits`, or `runs` for masks of things: runs of equal bytes, far smaller.
    names: one for each mask, 1 to 4,096 bytes of UTF-8 without control characters, unique; without them the numbers
        from 0.
    overwrite: replaces a store of this name, once the new one is complete.

    The store appears as a whole or not at all. One mask is in memory at a time, and of the others 4 bytes for every 8
    pixel rows. Raises FileExistsError, ValueError for masks and names that no store holds, OSError. Returns the path.
    """
    if layout not in ("bits", "runs"):
        raise ValueError(f"layout {layout!r}: expected 'bits' or 'runs'")
    path = os.fspath(path)
    with Target(path, overwrite) as target:
        with _Writer(target.folder, layout) as writer:
            names = None if names is None else iter(names)
            for i, array in enumerate(arrays):
                name = str(i) if names is None else next(names, None)
                if name is None:
                    raise ValueError(f"{path}: mask {i} has no name; give as many names as masks")
                writer.add(name, array)
            if names is not None and next(names, None) is not None:
                raise ValueError(f"{path}: more names than the {writer.masks} masks; give as many of each")
            id = writer.finish(path)
        target.publish(id)
    return path


class _Writer:
    """The files of a store under way."""

    def __init__(self, folder, layout):
        self._folder, self._layout = folder, layout
        self._pixels_name = _folder.MASKS if layout == "bits" else _folder.RUNS
        self._pixels = open(os.path.join(folder, self._pixels_name), "w+b")
        self._pixels.write(bytes(_npy.HEADER_BYTES))
        self._end = 0
        self._ragged = False
        self._shapes, self._offsets, self._sums, self._crcs, self._rows = [], [], [], [], []
        self._areas, self._names, self._seen = [0], [], set()
        self._packed_rows = 0

    @property
    def masks(self):
        """How many were added."""
        return len(self._shapes)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._pixels.close()

    def add(self, name, array):
        where = f"mask {self.masks} ({name!r})"
        encoded = self._name(name, where)
        array = np.asarray(array)
        if array.ndim != 2 or 0 in array.shape or max(array.shape) >= 2**31:
            raise ValueError(f"{where} has the shape {array.shape}; expected (height, width), both at least 1")
        if array.dtype.kind not in "biuf":
            raise TypeError(f"{where} has elements of type {array.dtype}; expected numbers or booleans")
        packed = np.packbits(array != 0, axis=0)
        if packed.size > _MOST_PACKED:
            raise ValueError(f"{where} has {packed.size} bytes packed: expected at most {_MOST_PACKED}")
        self._place(array.shape)
        self._count(packed, array.shape)
        self._crcs.append(zlib.crc32(packed))
        if self._layout == "runs":
            packed, starts = _runs.encode(packed)
            self._rows.append(starts)
        self._pixels.write(memoryview(packed).cast("B") if packed.size else b"")
        self._end += packed.size
        self._names.append(encoded)

    def _name(self, name, where):
        if not isinstance(name, str):
            raise TypeError(f"{where}: a name is text, not {type(name).__name__}")
        try:
            encoded = name.encode("utf-8")
        except UnicodeEncodeError:
            raise ValueError(f"{where}: a name with half a surrogate pair is not Unicode") from None
        if not 1 <= len(encoded) <= 4096:
            raise ValueError(f"{where}: a name of {len(encoded)} bytes of UTF-8: expected 1 to 4096")
        for c in name:
            if ord(c) < 0x20 or 0x7F <= ord(c) <= 0x9F:
                raise ValueError(f"{where}: a name with the control character U+{ord(c):04X}")
        if name in self._seen:
            raise ValueError(f"{where}: the name is there twice; names of masks are unique")
        self._seen.add(name)
        return encoded + b"\n"

    def _place(self, shape):
        """Where the next mask begins. Until the second size comes, masks lie one directly behind the other."""
        if self._shapes and not self._ragged and shape != self._shapes[0]:
            self._ragged = True
            if self._layout == "bits":
                self._spread()
        if self._ragged and self._layout == "bits":
            gap = -self._end % _ALIGNMENT
            self._pixels.write(bytes(gap))
            self._end += gap
        self._shapes.append(shape)
        self._offsets.append((self._end, self._packed_rows))
        self._packed_rows += (shape[0] + 7) // 8

    def _spread(self):
        """Moves the masks so far, all of one size, to multiples of 64: the last one first."""
        (height, width), masks = self._shapes[0], self.masks
        size = (height + 7) // 8 * width
        step = -(-size // _ALIGNMENT) * _ALIGNMENT
        file, head = self._pixels, _npy.HEADER_BYTES
        for i in range(masks - 1, -1, -1):
            if step != size:
                self._move(head + i * size, head + i * step, size)
                file.seek(head + i * step + size)
                file.write(bytes(step - size) if i < masks - 1 else b"")
            self._offsets[i] = (i * step, self._offsets[i][1])
        self._end = (masks - 1) * step + size
        file.seek(head + self._end)
        file.truncate()

    def _move(self, source, target, size):
        """Copies bytes further back, from their end on, since the places may overlap."""
        while size:
            block = min(size, _COPY)
            size -= block
            self._pixels.seek(source + size)
            data = self._pixels.read(block)
            self._pixels.seek(target + size)
            self._pixels.write(data)

    def _count(self, packed, shape):
        sums = ONES[packed].sum(axis=1, dtype=np.uint64).cumsum(dtype=np.uint64)
        wide = shape[0] * shape[1] >= 1 << 32
        self._sums.append(sums if wide else sums.astype("<u4"))
        self._areas.append(self._areas[-1] + int(sums[-1]))

    def finish(self, path):
        """Writes the other files, the manifest last, and gives the id."""
        masks = self.masks
        if not masks:
            raise ValueError(f"{path}: no masks; a store has at least one")
        uniform = None if self._ragged else self._shapes[0]
        self._finish_pixels(uniform)
        files = self._index(uniform)
        entries = {self._pixels_name: {"bytes": _npy.HEADER_BYTES + self._end}}
        for name, data in files.items():
            self._write(name, data)
            entries[name] = {"bytes": len(data), "crc32": zlib.crc32(data)}
        id = self._id(files)
        members = {"id": id, "layout": self._layout, "masks": masks}
        if uniform is not None:
            members.update(height=uniform[0], width=uniform[1])
        members.update(planes=1, packing={"axis": -2, "bitorder": "big"}, files=entries)
        self._write(_folder.MANIFEST, _document.encode(members))
        return id

    def _finish_pixels(self, uniform):
        shape = (self._end,)
        if self._layout == "bits" and uniform is not None:
            shape = (self.masks, (uniform[0] + 7) // 8, uniform[1])
        self._pixels.seek(0)
        self._pixels.write(_npy.encode_header("|u1", shape))
        self._pixels.flush()
        os.fsync(self._pixels.fileno())

    def _index(self, uniform):
        """The index files in the order of the id, each with its header."""
        masks = self.masks
        wide = any(sums.itemsize == 8 for sums in self._sums)
        sums = np.concatenate(self._sums).astype("<u8" if wide else "<u4")
        if uniform is not None:
            sums = sums.reshape(masks, -1)
        offsets = self._offsets + [(self._end, self._packed_rows)]
        lines = np.cumsum([0] + [len(name) for name in self._names])
        files = {
            _folder.FOREGROUND: _array(sums, sums.dtype.str),
            _folder.AREAS: _array(self._areas, "<i8"),
            _folder.CRC32: _array(self._crcs, "<u4"),
            _folder.NAMES: b"".join(self._names),
            _folder.NAME_OFFSETS: _array(lines, "<i8"),
            _folder.ROWS: _array(np.concatenate(self._rows), "<u4") if self._rows else b"",
            _folder.SHAPES: _array(self._shapes, "<i4"),
            _folder.OFFSETS: _array(offsets, "<i8"),
        }
        return {name: files[name] for name in _folder.index_files(self._layout, uniform is None)}

    def _id(self, files):
        size = "ragged" if self._ragged else "%d %d" % self._shapes[0]
        digest = hashlib.sha256(f"maskmap 1 {self._layout} {self.masks} {size}\n".encode("ascii"))
        for data in files.values():
            digest.update(data)
        return digest.hexdigest()[:32]

    def _write(self, name, data):
        with open(os.path.join(self._folder, name), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())


def _array(values, descr):
    values = np.ascontiguousarray(values, descr)
    return _npy.encode_header(descr, values.shape) + values.tobytes()
