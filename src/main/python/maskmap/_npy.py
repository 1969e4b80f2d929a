"""NPY files: headers, and their arrays as maps."""
import ast
import errno
import mmap
import os
import sys

import numpy as np

from ._errors import FormatError

MAGIC = b"\x93NUMPY"
HEADER_BYTES = 128

# Smaller files are read: a map takes a file descriptor until Python 3.12, and a data set has many files.
_SMALL = 1 << 16
_MAX_HEADER = 1 << 16


class Header:
    """Type, order and shape of an array, and the byte of its file at which it begins."""

    __slots__ = ("descr", "fortran", "shape", "offset")

    def __init__(self, descr, fortran, shape, offset):
        self.descr, self.fortran, self.shape, self.offset = descr, fortran, shape, offset

    @property
    def count(self):
        """Elements of the array."""
        count = 1
        for length in self.shape:
            count *= length
        return count


def read_header(file, path):
    """Reads the header at the start of an open file, versions 1.0 to 3.0."""
    start = file.read(12)
    if start[:6] != MAGIC:
        raise FormatError(f"{path}: no NPY file: it begins with {start[:6]!r}")
    if start[6:8] not in (b"\1\0", b"\2\0", b"\3\0"):
        raise FormatError(f"{path}: NPY version {start[6]}.{start[7]}; expected 1.0 to 3.0")
    size = 2 if start[6] == 1 else 4
    length = int.from_bytes(start[8 : 8 + size], "little")
    if length > _MAX_HEADER:
        raise FormatError(f"{path}: a header of {length} bytes; expected at most {_MAX_HEADER}")
    file.seek(8 + size)
    text = file.read(length)
    if len(text) < length:
        raise FormatError(f"{path}: ends in its header; copy it again")
    try:
        header = ast.literal_eval(text.decode("latin-1" if start[6] < 3 else "utf-8").strip())
        descr, fortran, shape = header["descr"], header["fortran_order"], header["shape"]
        valid = len(header) == 3 and isinstance(fortran, bool) and isinstance(shape, tuple)
        valid = valid and all(type(side) is int and side >= 0 for side in shape)
    except (ValueError, SyntaxError, KeyError, TypeError, RecursionError, MemoryError):
        valid = False
    if not valid:
        raise FormatError(f"{path}: a damaged NPY header: {text[:100]!r}")
    return Header(descr, fortran, shape, 8 + size + length)


def encode_header(descr, shape):
    """The 128 bytes that begin an array of a store."""
    sides = ", ".join(map(str, shape)) + ("," if len(shape) == 1 else "")
    text = f"{{'descr': '{descr}', 'fortran_order': False, 'shape': ({sides}), }}"
    return MAGIC + b"\1\0" + (118).to_bytes(2, "little") + text.ljust(117).encode("ascii") + b"\n"


def load_bytes(file, path, offset, length):
    """Bytes of an open file as an array that cannot be written, mapped where they are many."""
    if length <= _SMALL:
        file.seek(offset)
        data = file.read(length)
        if len(data) < length:
            raise FormatError(f"{path}: ends {length - len(data)} bytes early; copy it again")
        return np.frombuffer(data, np.uint8)
    # Without a descriptor of its own, where Python can: of a data set there are thousands of maps.
    options = {"trackfd": False} if sys.version_info >= (3, 13) and os.name == "posix" else {}
    try:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ, **options)
    except OSError as e:
        if e.errno in (errno.EMFILE, errno.ENFILE):
            raise OSError(e.errno, "too many open files; raise `ulimit -n`, or use Python 3.13", str(path)) from None
        raise
    return np.frombuffer(mapped, np.uint8, length, offset)
