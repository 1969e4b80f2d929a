"""Frames between this process and the feed: docs/feed.md."""
import json
import os
import select
import struct

import numpy as np

# Longer answers are text that something else printed.
_MOST_BYTES = 1 << 28


class StreamError(Exception):
    """The other side is gone, or speaks no frames; `said` are the bytes that came in place of some."""

    def __init__(self, what, said=b""):
        super().__init__(what)
        self.said = said


class Frames:
    """Two unbuffered files, for one thread at a time.

    They are written and read through their objects: a number may belong to another file once they are closed.
    """

    def __init__(self, to, source, alive):
        self._to, self._from, self._alive = to, source, alive
        self._poll = select.poll() if hasattr(select, "poll") else None
        if self._poll:
            self._poll.register(source, select.POLLIN)
        self.torn = False
        """Whether an interrupt left a frame, a batch or slots half dealt with, so that nothing can be read any more."""

    def send(self, members, **arrays):
        """Sends a message, and arrays of numbers of eight bytes behind it."""
        members["arrays"] = [{"name": name.rstrip("0123456789"), "count": len(a)} for name, a in arrays.items()]
        text = json.dumps(members).encode()
        body = [a.astype("<f8" if a.dtype.kind == "f" else "<i8").tobytes() for a in map(np.asarray, arrays.values())]
        length = 4 + len(text) + sum(map(len, body))
        if length > 1 << 30:
            raise ValueError(f"{length} bytes of lists: the feed takes at most 1 GiB; list fewer masks or places")
        self._write(b"".join([struct.pack("<II", length, len(text)), text, *body]))

    def give_back(self, slots):
        """Sends that slots may be filled again."""
        try:
            self._write(struct.pack(f"<II{len(slots)}i", 4 + 4 * len(slots), 0, *slots))
        except StreamError:
            pass  # whoever waits for a batch is told

    def _write(self, frame):
        frame = memoryview(frame)
        try:
            while frame:
                frame = frame[self._to.write(frame) :]
        except (OSError, ValueError) as e:
            raise StreamError(f"its standard input is closed ({e})") from None

    def receive(self):
        """The next frame: a dict for a message, a bytearray for what is known of a batch.

        After a batch this is torn until somebody has taken its slot, and says so.
        """
        self._wait()
        self.torn = True
        head = self._read(bytearray(8))
        length, size = struct.unpack("<II", head)
        if not 4 <= length <= _MOST_BYTES or size > length - 4:
            raise StreamError("it speaks no frames", bytes(head) + self._rest())
        body = self._read(bytearray(length - 4))
        if not size:
            return body
        self.torn = False
        return json.loads(body[:size])

    def _wait(self):
        # Not in the read: another process that was forked at the wrong moment may hold the pipe open.
        while self._poll and not self._poll.poll(1000):
            if not self._alive():
                raise StreamError("it has ended")

    def _read(self, into):
        view = memoryview(into)
        while view:
            count = self._from.readinto(view)
            if not count:
                raise StreamError("its standard output has ended", bytes(into[: len(into) - len(view)]))
            view = view[count:]
        return into

    def _rest(self):
        os.set_blocking(self._from.fileno(), False)
        return self._from.read(1000) or b""
