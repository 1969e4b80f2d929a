"""What a backend hands over of a batch."""
import numpy as np

_HEAD = np.dtype([("slot", "<i4"), ("size", "<i4"), ("number", "<i8")])


class RawBatch:
    """A batch as it comes: numbers in arrays of its own, and `memory`, the bytes of patches, `image` those of crops."""

    __slots__ = ("slot", "size", "number", "index", "y", "x", "valid", "turn", "gave_up", "memory", "image")

    def __init__(self, frame):
        self.slot, self.size = (int(n) for n in np.frombuffer(frame, "<i4", 2))
        self.number = int(np.frombuffer(frame, "<i8", 1, 8)[0])
        size, at = self.size, 16 + 8 * self.size
        self.index = np.frombuffer(frame, "<i8", size, 16)
        places = np.frombuffer(frame, "<i4", 4 * size, at).reshape(4, size)
        self.y, self.x = places[0], places[1]
        self.valid = places[2:].T
        flags = np.frombuffer(frame, np.uint8, 2 * size, at + 16 * size).reshape(2, size)
        self.image = None
        self.turn, self.gave_up = flags[0], flags[1].view(np.bool_)

    @staticmethod
    def slot_of(frame):
        """The slot of a batch that nobody wants."""
        return int(np.frombuffer(frame, "<i4", 1)[0])
