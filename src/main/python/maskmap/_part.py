"""One store folder, or one bare array, as it is mapped: all of a plain store, or a piece of a data set."""
import numpy as np

from . import _expand, _folder, _rows, _sizes
from ._errors import damaged


class Part:
    """Pixels, sizes and, of a store, sums and names. Masks are numbered from 0 in each part."""

    def __init__(self, path, masks, layout, sizes, rows, index=None):
        self.path, self.masks, self.layout, self.sizes = path, masks, layout, sizes
        self.rows = rows.rows
        self.index = index

    def count(self, mask, y, x, height, width):
        """Foreground pixels of a rectangle inside a mask."""
        rows = self.rows(mask, y >> 3, (y + height + 7) >> 3, x, x + width)
        return _expand.count(rows, y & 7, height)

    def area(self, mask):
        """Foreground pixels of a mask."""
        if self.index is None:
            return self.count(mask, 0, 0, *self.sizes.of(mask))
        before, behind = self.index.before(mask), self.index.before(mask + 1)
        if behind < before:
            raise damaged(self.index.path("areas.npy"), f"the sums fall from {before} to {behind} at mask {mask}")
        return behind - before

    def select(self, mask, n):
        """(y, x) of a mask's n-th foreground pixel, packed row by packed row and in each column by column."""
        height, width = self.sizes.of(mask)
        first = self.sizes.first_row(mask)
        sums = self.index.foreground[first : first + (height + 7) // 8]
        row = int(sums.searchsorted(n, "right"))
        if row < len(sums):
            left = n - (int(sums[row - 1]) if row else 0)
            found = _expand.select(self.rows(mask, row, row + 1, 0, width)[0], left)
            if found is not None and 8 * row + found[0] < height:
                return 8 * row + found[0], found[1]
        raise damaged(
            self.index.path("foreground.npy"), f"mask {mask} has no foreground pixel {n} in packed row {row}"
        )


class Index:
    """What a store has beyond its pixels."""

    def __init__(self, folder, masks, packed_rows, wide):
        self.id = folder.manifest.id
        self.path = folder.path
        self.masks = masks
        folder.check(_folder.CRC32, "<u4", (masks,))
        self.areas = folder.array(_folder.AREAS, "<i8", (masks + 1,))
        # One row of sums a mask, also where the file has a row of its own for each.
        self.foreground = folder.array(_folder.FOREGROUND, "<u8" if wide else "<u4", packed_rows).reshape(-1)
        self.names = folder.text(_folder.NAMES)
        self.name_offsets = folder.array(_folder.NAME_OFFSETS, "<i8", (masks + 1,))

    def before(self, mask):
        """Foreground pixels of all masks before one, or of all."""
        return self.areas.item(mask)

    def mask_of(self, n):
        """The mask that holds the n-th foreground pixel."""
        return min(max(int(self.areas.searchsorted(n, "right")) - 1, 0), self.masks - 1)

    def name(self, mask):
        start, end = self.name_offsets.item(mask), self.name_offsets.item(mask + 1) - 1
        if not (0 <= start < end < len(self.names) and end - start <= 4096):
            raise damaged(
                self.path(_folder.NAMES), f"the name of mask {mask} lies at bytes {start} to {end} of {len(self.names)}"
            )
        try:
            return self.names[start:end].tobytes().decode("utf-8")
        except UnicodeDecodeError as e:
            raise damaged(self.path(_folder.NAMES), f"the name of mask {mask} is no UTF-8: {e}") from None

    def index_of(self, name):
        """The mask so named, or -1; looks through the names from the first on."""
        line = name.encode("utf-8", "surrogatepass") + b"\n"
        text = memoryview(self.names)
        block, at = 1 << 20, 0
        while at < len(text):  # in blocks that overlap, so that not all names are copied
            piece = text[at : at + block + len(line)].tobytes()
            found = piece.find(line)
            while found >= 0:
                # What is found may be the end of a longer name.
                mask = int(self.name_offsets.searchsorted(at + found))
                if mask < self.masks and self.name_offsets.item(mask) == at + found:
                    return mask
                found = piece.find(line, found + 1)
            at += block
        return -1


def open_part(store, manifest):
    """Maps a store folder."""
    folder = _folder.Folder(store, manifest)
    masks, shape = manifest.masks, manifest.shape
    offsets = None
    if shape is None or manifest.layout == "runs":
        offsets = folder.array(_folder.OFFSETS, "<i8", (masks + 1, 2))
    if shape is None:
        packed_rows = int(offsets[masks, 1])
        shapes = folder.array(_folder.SHAPES, "<i4", (masks, 2))
        sizes = _sizes.Listed(shapes, offsets, packed_rows, folder.path)
        wide = folder.elements(_folder.FOREGROUND, 8) == packed_rows
        sums = (packed_rows,)
    else:
        sizes = _sizes.OneSize(shape)
        sums = (masks, (shape[0] + 7) // 8)
        packed_rows = sums[0] * sums[1]
        wide = shape[0] * shape[1] >= 1 << 32
    if manifest.layout == "runs":
        runs = folder.array(_folder.RUNS, "|u1", (folder.elements(_folder.RUNS, 1),))
        _check_end(folder, offsets, _folder.RUNS, len(runs))
        starts = folder.array(_folder.ROWS, "<u4", (packed_rows,))
        rows = _rows.Runs(runs, starts, offsets, sizes, folder.path)
    elif shape is None:
        flat = folder.array(_folder.MASKS, "|u1", (folder.elements(_folder.MASKS, 1),))
        _check_end(folder, offsets, _folder.MASKS, len(flat))
        rows = _rows.Ragged(flat, offsets, sizes, folder.path(_folder.OFFSETS))
    else:
        rows = _rows.Uniform(folder.array(_folder.MASKS, "|u1", (masks, sums[1], shape[1])))
    return Part(store, masks, manifest.layout, sizes, rows, Index(folder, masks, sums, wide))


def _check_end(folder, offsets, name, length):
    end = int(offsets[-1, 0])
    if end != length:
        raise damaged(folder.path(_folder.OFFSETS), f"ends at byte {end}, and {name} has {length}")


def bare_part(path, array, height):
    """An array (masks, packed rows, width) of which nothing else is known."""
    masks, _, width = array.shape
    return Part(path, masks, "bits", _sizes.OneSize((height, width)), _rows.Uniform(array))


def looks_unpacked(flat):
    """Whether no byte looked at is above 1: 4 MiB of a large array, in blocks spread over it."""
    block, most = 4096, 1024
    blocks = min(most, -(-len(flat) // block))
    for i in range(blocks):
        at = 0 if blocks == 1 else i * ((len(flat) - 1) // blocks)
        if np.max(flat[at : at + block]) > 1:
            return False
    return True
