"""Ctrl-C at each operation of what takes a batch, with pipes in place of Java."""
import itertools
import os
import struct
import sys
import types

import pytest

from maskmap import JavaError
from maskmap._feed import Feed
from maskmap._frames import Frames
from maskmap._raw import RawBatch
from maskmap._ring import Ring, RingFile

SLOTS, SLOT_BYTES = 4, 64
CODE = {f.__code__ for f in (Feed.next, Feed._settle, Frames.receive, Ring.lend, Ring.settle, RawBatch.__init__)}


class Pipes:
    """A feed whose other side has sent a batch of one patch in each slot but the last, and is read by the test."""

    def __init__(self, event):
        source, to_client = os.pipe()
        from_client, to = os.pipe()
        self._ends = [open(source, "rb", 0), open(to_client, "wb", 0), open(from_client, "rb", 0), open(to, "wb", 0)]
        self._sent, self._back = self._ends[0], self._ends[2]
        os.set_blocking(self._back.fileno(), False)
        self.feed = Feed.__new__(Feed)
        self.feed._frames = Frames(self._ends[3], self._sent, lambda: True)
        file = RingFile()
        file.reserve(SLOTS * SLOT_BYTES)
        self.feed._ring = Ring(file, SLOTS * SLOT_BYTES, SLOT_BYTES, self.feed._frames.give_back)
        file.close()
        self.feed._ring.event = event
        self.feed._file, self.feed._process = file, types.SimpleNamespace(pid=1, returncode=None)
        self.feed._asking, self.feed._most_held = False, SLOTS - 1
        self.feed._patch_bytes, self.feed._image_bytes = 1, 0
        for slot in range(SLOTS - 1):
            body = struct.pack("<iiqqiiiiBB", slot, 1, slot, 0, 0, 0, 1, 1, 0, 0)
            self._ends[1].write(struct.pack("<II", 4 + len(body), 0) + body)

    def accounted(self):
        """Slots that the client has lent, still reads, or has given back, and those whose batches it has not taken."""
        ring, frame = self.feed._ring, 8 + 42
        slots = list(ring._lent) + [entry[0] for entry in ring._waiting]
        back = self._back.read(1000) or b""
        while back:
            length = struct.unpack_from("<I", back)[0]
            slots += struct.unpack_from(f"<{length // 4 - 1}i", back, 8)
            back = back[4 + length :]
        os.set_blocking(self._sent.fileno(), False)
        unread = self._sent.read(1000) or b""
        assert len(unread) % frame == 0
        return sorted(slots + [struct.unpack_from("<i", unread, at + 8)[0] for at in range(0, len(unread), frame)])

    def close(self):
        for end in self._ends:
            end.close()


def interrupted(stop, call):
    """Whether `call` has an operation of that number, at which it was interrupted."""
    steps = itertools.count()

    def trace(frame, event, _):
        if frame.f_code not in CODE:
            return None
        frame.f_trace_opcodes = True
        if event == "opcode" and next(steps) == stop:
            raise KeyboardInterrupt
        return trace

    sys.settrace(trace)
    try:
        call()
        return False
    except KeyboardInterrupt:
        return True
    finally:
        sys.settrace(None)


@pytest.mark.parametrize("event", [None, lambda: lambda: True, lambda: lambda: False])
def test_no_slot_is_lost_unless_the_process_is_given_up(event):
    for stop in itertools.count():
        pipes = Pipes(event)
        held = pipes.feed.next()
        del held  # is given back by the next
        more = interrupted(stop, pipes.feed.next)
        if pipes.feed.usable:
            assert pipes.accounted() == list(range(SLOTS - 1)), stop
        else:
            with pytest.raises(JavaError, match="interrupted while it took a batch"):
                pipes.feed.next()
        pipes.close()
        if not more:
            break
    assert stop > 100
