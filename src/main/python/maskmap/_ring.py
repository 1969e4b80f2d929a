"""The memory that the feed writes batches into, mapped here."""
import collections
import ctypes
import errno
import mmap
import os
import tempfile
import weakref


class RingFile:
    """A file without a name that a child inherits: in memory where the system has that, else a temporary file.

    Nothing has to be removed, whoever is killed.
    """

    def __init__(self):
        if hasattr(os, "memfd_create"):
            self.fd = os.memfd_create("maskmap-ring", os.MFD_CLOEXEC)
            self.where = "memory"
        else:
            with tempfile.TemporaryFile(prefix="maskmap-ring-") as file:
                self.fd = os.dup(file.fileno())
            self.where = tempfile.gettempdir()

    def path(self):
        """What the child opens it as: it has the same number there."""
        return f"/proc/self/fd/{self.fd}" if os.path.isdir("/proc/self/fd") else f"/dev/fd/{self.fd}"

    def reserve(self, size):
        """Makes it `size` bytes long, of which none can be missing later, when there is no way to say so."""
        free = _available() if self.where == "memory" else None
        if free is not None and size > free:
            raise self._no_memory(size, f"{free:,} are available")
        try:
            os.ftruncate(self.fd, size)
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(self.fd, 0, size)
        except OSError as e:
            if e.errno in (errno.ENOSPC, errno.ENOMEM, errno.EFBIG, errno.EDQUOT):
                raise self._no_memory(size, e.strerror) from None
            raise

    def _no_memory(self, size, why):
        return MemoryError(
            f"the ring of batches needs {size:,} bytes of {self.where}: {why}; a smaller batch_size, patch_size, "
            "prefetch or num_workers needs less"
        )

    def close(self):
        """The maps of it stay."""
        if self.fd >= 0:
            fd, self.fd = self.fd, -1
            os.close(fd)


class _Loan(weakref.ref):
    """Knows when the memory of a slot is gone."""

    read = None
    """What says whether all that read it in the background have done, once it is known."""


class Ring:
    """The slots. A slot belongs to a batch until the last array that views it is gone."""

    def __init__(self, file, size, slot_bytes, give_back):
        self._map = mmap.mmap(file.fd, size)
        self._slot_bytes = slot_bytes
        self._memory = ctypes.c_ubyte * slot_bytes
        self._give_back = give_back
        self._lent = {}
        self._ended = collections.deque()
        self._waiting = []
        self._pid = os.getpid()
        self.event = None

    def held(self):
        """How many slots somebody views, or may read in the background."""
        free = 0 if self.event else len(self._ended)
        return len(self._lent) - free + len(self._waiting)

    def settle(self):
        """Gives back the slots that nobody views any more, nor reads in the background."""
        free = []
        while self._ended:
            loan = self._ended.popleft()
            del self._lent[loan.slot]
            if self.event is None:
                free.append(loan.slot)
            else:
                self._waiting.append((loan.slot, loan.read or self.event()))
        for entry in list(self._waiting):
            if entry[1]():
                self._waiting.remove(entry)
                free.append(entry[0])
        if free:
            self._give_back(free)

    def lend(self, slot):
        """The bytes of a slot, as an object that owns it: `settle` gives the slot back once it was collected.

        Arrays keep it alive, and so do all views of them, as none of these looks through an object that is no array.
        """
        memory = self._memory.from_buffer(self._map, slot * self._slot_bytes)
        # That calls no Python code, in which an interrupt would be dropped.
        loan = _Loan(memory, self._ended.append)
        loan.slot = slot
        if self.event is not None:
            # This does, and is called before the other; an interrupt in it may be dropped, the slot is not lost.
            loan.watch = weakref.ref(memory, lambda _: self._note(loan))
        self._lent[slot] = loan
        return memory

    def _note(self, loan):
        # What reads it is known where it ends, by the stream that is current there. A forked process has no streams.
        if os.getpid() == self._pid:
            loan.read = self.event()

    def copy(self, slot):
        """The same bytes in memory of their own; the slot is given back at once."""
        begin = slot * self._slot_bytes
        memory = bytearray(self._map[begin : begin + self._slot_bytes])
        self.drop(slot)
        return memory

    def drop(self, slot):
        """Gives back a slot that nobody asked for."""
        self._give_back([slot])

    def address(self):
        """(first byte, one past the last) in this process."""
        first = ctypes.addressof(ctypes.c_ubyte.from_buffer(self._map))
        return first, first + len(self._map)


def _available():
    """Bytes that can be had now: of the machine, and of the control group; None where it is not said."""
    free = []
    try:
        with open("/proc/meminfo", encoding="ascii") as file:
            free += [int(line.split()[1]) * 1024 for line in file if line.startswith("MemAvailable:")]
    except (OSError, ValueError):
        pass
    for limit, used in (
        ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"),
        ("/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory/memory.usage_in_bytes"),
    ):
        try:
            with open(limit, encoding="ascii") as file:
                most = int(file.read())
            with open(used, encoding="ascii") as file:
                # The cache of files is counted as used and given up where memory is needed.
                free.append(most - int(file.read()) + _cached(os.path.dirname(limit)))
        except (OSError, ValueError):
            continue
    return min(free, default=None)


def _cached(group):
    try:
        with open(os.path.join(group, "memory.stat"), encoding="ascii") as file:
            return sum(int(line.split()[1]) for line in file if line.split()[0] in ("inactive_file", "active_file"))
    except (OSError, ValueError):
        return 0
