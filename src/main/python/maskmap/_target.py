"""The place where a store will appear: its lock, its hidden folder, and the steps that put it there."""
import ctypes
import errno
import os
import re
import secrets
import shutil
import sys
import threading

from . import _folder

# Locks of this process, which the system does not tell apart.
_held, _guard = set(), threading.Lock()


class Target:
    """Holds the lock beside the store from beginning to end; without `publish` nothing is left behind."""

    def __init__(self, path, overwrite):
        self._path, self._overwrite = path, overwrite
        self._store = os.path.abspath(path)
        self._parent, self._name = os.path.split(self._store)
        if not self._name:
            raise OSError(errno.EINVAL, "a store needs a folder to lie in", path)
        if not os.path.isdir(self._parent):
            raise FileNotFoundError(errno.ENOENT, "its folder does not exist; create it first", path)
        self.folder = self._sibling("tmp-" + secrets.token_hex(8))
        self._lock = None

    def _sibling(self, end):
        return os.path.join(self._parent, f".{self._name}.{end}")

    def __enter__(self):
        self._lock = _Lock(self._sibling("lock"), self._path)
        try:
            self._mend()
            self._check()
            os.mkdir(self.folder)
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(self, *_):
        try:
            shutil.rmtree(self.folder, ignore_errors=True)
        finally:
            self._lock.release()

    def _mend(self):
        """Finishes what a writer began that died: its temporary folders go, an interrupted swap ends."""
        for entry in sorted(os.listdir(self._parent)):
            left = os.path.join(self._parent, entry)
            if self._is_ours(entry, "tmp-"):
                shutil.rmtree(left, ignore_errors=True)
            elif self._is_ours(entry, "old-"):
                if os.path.lexists(self._store):
                    shutil.rmtree(left, ignore_errors=True)
                else:
                    os.rename(left, self._store)

    def _is_ours(self, entry, kind):
        # Nothing but our digits may follow: a store may be named train.old-1 itself.
        return re.fullmatch(re.escape(f".{self._name}.{kind}") + "[0-9a-f]{1,32}", entry) is not None

    def _check(self):
        """Refuses a target that may not be replaced."""
        if not os.path.lexists(self._store):
            return
        if not self._overwrite:
            raise FileExistsError(
                errno.EEXIST, "exists already; choose another name, or give overwrite=True", self._path
            )
        if os.path.islink(self._store) or not os.path.isfile(os.path.join(self._store, _folder.MANIFEST)):
            raise FileExistsError(errno.EEXIST, "exists and is no single store; remove it first", self._path)
        with os.scandir(self._store) as entries:
            foreign = next((entry.name for entry in entries if entry.is_dir(follow_symlinks=False)), None)
        if foreign is not None:
            raise FileExistsError(
                errno.EEXIST, f"is a store that holds the folder {foreign}; move that first", self._path
            )

    def publish(self, id):
        """Puts the finished folder in place. The files in it are on the disk already."""
        _sync(self.folder)
        if os.path.lexists(self._store):
            self._check()
            if not _exchange(self.folder, self._store):
                old = self._sibling("old-" + id)
                os.rename(self._store, old)
                try:
                    os.rename(self.folder, self._store)
                except OSError:
                    os.rename(old, self._store)
                    raise
                shutil.rmtree(old, ignore_errors=True)
        else:
            os.rename(self.folder, self._store)
        _sync(self._parent)


class _Lock:
    """An exclusive lock of the file `.NAME.lock`, as Java's writers take it too."""

    def __init__(self, path, store):
        self._path, self._file = path, None
        with _guard:
            if path in _held:  # closing a second descriptor of the file would give up this process's lock
                raise self._busy(store)
            _held.add(path)
        try:
            while self._file is None:
                self._file = self._try(store)
        except BaseException:
            _held.discard(path)
            raise

    def _busy(self, store):
        return OSError(
            errno.EWOULDBLOCK, f"another writer is at work (it holds {self._path}); wait for it", store
        )

    def _try(self, store):
        file = open(self._path, "ab")
        try:
            _lock(file)
        except OSError:
            file.close()
            raise self._busy(store) from None
        # A writer that ended between our opening and locking has removed its file.
        try:
            if os.path.samestat(os.fstat(file.fileno()), os.stat(self._path)):
                return file
        except FileNotFoundError:
            pass
        file.close()
        return None

    def release(self):
        try:
            try:
                os.remove(self._path)
            except OSError:  # Windows keeps a file that is open
                pass
            self._file.close()
        finally:
            _held.discard(self._path)


def _lock(file):
    try:
        import fcntl
    except ImportError:
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        return
    fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _exchange(a, b):
    """Exchanges two folders in one step, where the system can; afterwards `a` is the old one."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    return rename(here, os.fsencode(a), here, os.fsencode(b), exchange) == 0


def _sync(folder):
    """Where a system cannot sync folders, the files alone are synced."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        pass
    finally:
        os.close(descriptor)
