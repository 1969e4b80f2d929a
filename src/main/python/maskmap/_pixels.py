"""What a pixel becomes: the types of a batch, as numpy and as torch have them."""
import numpy as np

# The value of foreground; the type in memory; the type to the caller, where it is another.
_TYPES = {
    "bool": ("uint8", 1, np.uint8, np.bool_),
    "uint8": ("uint8", 1, np.uint8, np.uint8),
    "uint8_255": ("uint8_255", 255, np.uint8, np.uint8),
    "float16": ("float16", 1, np.float16, np.float16),
    "bfloat16": ("bfloat16", 0x3F80, np.int16, np.int16),
    "float32": ("float32", 1, np.float32, np.float32),
    "int64": ("int64", 1, np.int64, np.int64),
    "packed": ("packed", 1, np.uint8, np.uint8),
}


class Pixels:
    """One of the types: `name` as the feed spells it, `memory` and `shown` as numpy does."""

    def __init__(self, dtype, torch):
        text = str(dtype if isinstance(dtype, str) else getattr(dtype, "__name__", dtype))
        key = text.removeprefix("torch.")
        key = "bool" if key == "bool_" else key
        if key not in _TYPES:
            raise ValueError(f"dtype {text}: expected one of {', '.join(_TYPES)}")
        if key == "bfloat16" and torch is None:
            raise ValueError("dtype bfloat16 is torch's: numpy has none; install torch, or take float16 or float32")
        self.key = key
        self.name, self.one, self.memory, self.shown = _TYPES[key]
        self.item = np.dtype(self.memory).itemsize

    def shape(self, height, width):
        """(rows, columns) of a plane in memory."""
        return ((height + 7) // 8 if self.key == "packed" else height), width

    def bytes(self, height, width):
        """Bytes of a plane."""
        rows, columns = self.shape(height, width)
        return rows * columns * self.item

    def of(self, patches):
        """Patches of 0 and 1, (..., height, width), as this type has them in memory."""
        if self.key == "packed":
            return np.packbits(patches, axis=-2)
        if self.memory is np.uint8 and self.one == 1:
            return patches
        return patches.astype(self.memory) * self.memory(self.one)
