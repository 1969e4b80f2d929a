"""The process that loads: its start, what it is asked, and its end."""
import os
import re
import subprocess
import weakref

import numpy as np

from . import _java
from ._errors import FormatError
from ._frames import Frames, StreamError
from ._java import JavaError
from ._raw import RawBatch
from ._ring import Ring, RingFile

PROTOCOL = 1

# The JVM's own words must not come between frames, and it leaves no file for other tools to find it.
_OPTIONS = (
    "-Xlog:disable", "-Xlog:all=warning:stderr", "-XX:+DisplayVMOutputToStderr", "-XX:-UsePerfData",
    "-XX:+UseSerialGC",
    "--add-modules", "jdk.incubator.vector",
)
# Seconds; a process that has not ended by then is killed. It has nothing to save.
_PATIENCE = 0.3
_ERRORS = (
    (r"dev\.maskmap\.MaskFormatException", FormatError),
    (r"java\.nio\.file\.NoSuchFileException", FileNotFoundError),
    (r"java\.io\..*|java\.nio\..*|dev\.maskmap\.MaskAccessException", OSError),
    (r"java\.lang\.(IllegalArgument|NumberFormat)Exception|.*\.JsonException", ValueError),
    (r"java\.lang\.(Array)?IndexOutOfBoundsException", IndexError),
    (r"java\.lang\.OutOfMemoryError", MemoryError),
)


class LoadError(RuntimeError):
    """A batch could not be read: the message names the store, the batch, the mask and the reason."""


class Feed:
    """A Java process that loads batches into a ring that this one has mapped. For one thread at a time."""

    def __init__(self, spec):
        self._pid = os.getpid()
        self._file = RingFile()
        self._ring = None
        self._process = None
        try:
            self._process, self._frames = self._start()
            self._end = weakref.finalize(self, _end, self._process, self._pid)
            self._hello()
            members, arrays = spec.message()
            self.facts = self._ask(members, "opened", **arrays)
            spec.plan(self.facts["patches"])
            self._file.reserve(self.facts["ring_bytes"])
            self._ask({"message": "ring", "path": self._file.path()}, "ready")
            self._ring = Ring(self._file, self.facts["ring_bytes"], self.facts["slot_bytes"], self._frames.give_back)
        except BaseException:
            self.close()
            raise
        finally:
            self._file.close()
        self._most_held = members["in_flight"] - 2
        self._patch_bytes = spec.patch_bytes
        self._image_bytes = self.facts.get("image_bytes", 0)
        self._image_offset = -(-spec.batch * spec.patch_bytes // 64) * 64

    def _start(self):
        if os.name != "posix":
            raise JavaError(f"the Java backend does not run on {os.name}: it hands on a file to a child as POSIX does")
        java = _java.find_java()
        command = [*_java.command(java, *_OPTIONS), "feed", "--parent", str(self._pid)]
        try:
            process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, pass_fds=(self._file.fd,),
                env=_java.environment(), start_new_session=True,
            )
        except OSError as e:
            raise JavaError(f"{java} cannot be started: {e.strerror}") from None
        frames = Frames(process.stdin, process.stdout, lambda: process.poll() is None)
        return process, frames

    @property
    def pid(self):
        """The child's process id."""
        return self._process.pid

    def _hello(self):
        try:
            hello = self._frames.receive()
        except StreamError as e:
            self.close()
            said = re.sub(r"\s+", " ", e.said.decode("utf-8", "replace")).strip()
            raise JavaError(
                f"{self._process.args[0]} did not start ({_ended(self._process)}): "
                f"{said or 'what it said is on standard error'}; 'maskmap --version' and MASKMAP_JAVA_OPTS may "
                "show why"
            ) from None
        if not isinstance(hello, dict) or hello.get("protocol") != PROTOCOL:
            raise JavaError(
                f"the jar speaks version {hello.get('protocol')} of the feed: expected {PROTOCOL}; install both anew"
            )

    def _ask(self, members, answer, **arrays):
        """Sends a message and waits for its answer; gives back the batches of an epoch that it ends."""
        kind, self._asking = members["message"], True
        try:
            self._frames.send(members, **arrays)
            while True:
                frame = self._frames.receive()
                if not isinstance(frame, dict):
                    self._ring.drop(RawBatch.slot_of(frame))
                    self._frames.torn = False
                elif frame["message"] == answer:
                    self._asking = False
                    return frame
                elif frame["message"] == "error" and frame["of"] == kind:
                    self._asking = False
                    raise _error(frame)
        except StreamError as e:
            raise self._died(e) from None

    def _died(self, e):
        self.close()
        return JavaError(
            f"the Java process {self._process.pid} of the loader has ended ({_ended(self._process)}): {e}; what it "
            "said is on standard error; the next epoch starts another one"
        )

    @property
    def usable(self):
        """Whether it can begin an epoch: false once it was closed, has died, or was interrupted in the middle."""
        return self._process.returncode is None and not self._asking and not self._frames.torn

    def epoch(self, epoch, next):
        """Begins an epoch at a patch; one that is under way ends. Returns its number of batches."""
        self._settle()
        return self._ask({"message": "epoch", "epoch": epoch, "next": next}, "epoch")["batches"]

    def read(self, index, y, x):
        """Begins an epoch of places."""
        self._settle()
        return self._ask({"message": "read"}, "epoch", mask=index, y=y, x=x)["batches"]

    def next(self):
        """The next batch of the epoch, as (what is known of it, whether it is a private copy); waits for it."""
        self._settle()
        try:
            frame = self._frames.receive()
        except StreamError as e:
            raise self._died(e) from None
        if isinstance(frame, dict):
            if frame["message"] == "error":
                raise _error(frame)
            raise JavaError(f"the feed said '{frame['message']}' in place of a batch")
        batch = RawBatch(frame)
        copied = self._ring.held() >= self._most_held
        memory = self._ring.copy(batch.slot) if copied else self._ring.lend(batch.slot)
        batch.memory = np.frombuffer(memory, np.uint8, batch.size * self._patch_bytes)
        if self._image_bytes:
            batch.image = np.frombuffer(memory, np.uint8, batch.size * self._image_bytes, self._image_offset)
        self._frames.torn = False
        return batch, copied

    def _settle(self):
        """Gives back what is done with. The process ends where an interrupt may have lost a batch or a slot."""
        if self._frames.torn:
            self.close()
            raise JavaError(
                f"the loader was interrupted while it took a batch from process {self._process.pid}, and this "
                "iterator cannot go on; the next epoch starts another one"
            )
        self._frames.torn = True
        self._ring.settle()
        self._frames.torn = False

    def address(self):
        """(first byte, one past the last) of the ring."""
        return self._ring.address()

    def before_back(self, event):
        """Has a slot wait, where nobody views it any more, until what `event()` returns says True."""
        self._ring.event = event

    def close(self):
        """Ends the process. Batches that somebody views stay as they are."""
        self._file.close()
        if self._process is not None and getattr(self, "_end", None) is not None:
            self._end()


def _end(process, pid):
    """Ends a process that this one has started, not one that a forked copy of this knows of. It leaves nothing."""
    if os.getpid() != pid:
        return
    for pipe in (process.stdin, process.stdout):
        try:
            pipe.close()
        except OSError:
            pass
    for seconds in (_PATIENCE, None):
        try:
            # Never without a limit: that takes a lock, which a collector may have interrupted.
            process.wait(seconds or 60)
            return
        except subprocess.TimeoutExpired:
            process.kill()


def _ended(process):
    """How a process ended."""
    code = process.returncode
    if code == -9:
        return "killed by signal 9, as the system does where memory runs out"
    return f"killed by signal {-code}" if code is not None and code < 0 else f"exit code {code}"


def _error(frame):
    """The exception for a failure in Java, with Java's message."""
    if frame["class"] == "dev.maskmap.load.LoadException":
        return LoadError(frame["text"])
    for name, error in _ERRORS:
        if re.fullmatch(name, frame["class"]):
            return error(frame["text"])
    return LoadError(frame["text"])
