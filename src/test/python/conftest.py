"""What the tests share: random masks, Java to compare with, and what is missing."""
import importlib
import json
import os
import pathlib
import subprocess
import sys
import zlib

import numpy as np
import pytest

ROOT = pathlib.Path(__file__).parents[3]
SHARED = ROOT.parent / "shared" / "masks"

# For processes that tests start.
os.environ["PYTHONPATH"] = os.pathsep.join(
    [str(ROOT / "src/main/python"), str(ROOT / "src/test/python"), os.environ.get("PYTHONPATH", "")]
)
os.environ["PYTHONDONTWRITEBYTECODE"] = "1"


def require(present, missing):
    """What a test needs from outside: skipped with its reason on a desk, a failure in CI."""
    if present:
        return
    if os.environ.get("CI"):
        pytest.fail(f"{missing} (in CI nothing is skipped)")
    pytest.skip(missing, allow_module_level=True)


def module(name):
    """A module that a test, or a file of tests, needs."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return require(False, f"no Python module {name}")


def shapes_on(rng, height, width, noise=0.0):
    """A mask of some rectangles, and of pixels that are the other way round."""
    mask = np.zeros((height, width), bool)
    for _ in range(int(rng.integers(0, 4))):
        y, x = rng.integers(0, height), rng.integers(0, width)
        mask[y : y + rng.integers(1, height + 1), x : x + rng.integers(1, width + 1)] ^= True
    return mask ^ (rng.random((height, width)) < noise)


def random_masks(rng, count, kind):
    """uniform: of one size. ragged: each of its own. late: the first half of one size."""
    side = lambda: (int(rng.integers(1, 60)), int(rng.integers(1, 90)))
    same = side()
    one = lambda i: same if kind == "uniform" or (kind == "late" and i < count // 2) else side()
    return [shapes_on(rng, *one(i), noise=(0, 0.02, 0.4)[int(rng.integers(0, 3))]) for i in range(count)]


class Java:
    """The commands and the library, as they were built from this checkout."""

    def __init__(self, java):
        self._java = java

    def maskmap(self, *args, code=0):
        """Runs a command, which has to end so, and returns what it printed."""
        done = subprocess.run([ROOT / "bin/maskmap", *map(str, args)], capture_output=True, text=True, cwd=os.getcwd())
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout

    def patches(self, store, places):
        """Pixels of patches (mask, y, x, height, width), each with its number of foreground pixels."""
        lines = "".join("%d %d %d %d %d\n" % tuple(place) for place in places)
        classes = os.pathsep.join(str(ROOT / "target" / name) for name in ("classes", "test-classes"))
        done = subprocess.run(
            [self._java, "-Xshare:auto", "-cp", classes, "dev.maskmap.PatchesMain", str(store)],
            input=lines.encode(), capture_output=True,
        )
        assert done.returncode == 0, done.stderr.decode()
        at = 0
        for _, _, _, height, width in places:
            pixels = np.frombuffer(done.stdout, np.uint8, height * width, at).reshape(height, width)
            at += height * width
            yield pixels, int.from_bytes(done.stdout[at : at + 8], "little")
            at += 8
        assert at == len(done.stdout)


@pytest.fixture(scope="session")
def java():
    """Java, with the tests' classes built; the test is skipped where there is none."""
    found = subprocess.run([ROOT / "bin/find-java"], capture_output=True, text=True)
    require(found.returncode == 0, f"no Java: {found.stderr.strip()}")
    source = ROOT / "src/test/java/dev/maskmap/PatchesMain.java"
    built = ROOT / "target/test-classes/dev/maskmap/PatchesMain.class"
    if not built.exists() or built.stat().st_mtime < source.stat().st_mtime:
        done = subprocess.run([ROOT / "bin/build", "--tests"], capture_output=True, text=True)
        require(done.returncode == 0, f"cannot build the tests' classes: {done.stderr.strip()}")
    return Java(found.stdout.strip())


@pytest.fixture
def rng(request):
    """Random numbers that are the same in every run of a test."""
    return np.random.default_rng(list(request.node.name.encode()))


def run_python(script, *args):
    """Runs a script in a new interpreter, which has to succeed, and returns what it printed."""
    done = subprocess.run([sys.executable, "-c", script, *map(str, args)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def write_images():
    """Writes a folder of images, as docs/format.md says."""

    def write(images, path, names=None):
        path.mkdir()
        begins, pixels = [0], []
        for image in images:
            missing = -begins[-1] % 64
            begins[-1] += missing
            pixels += [np.zeros(missing, np.uint8), image.ravel()]
            begins.append(begins[-1] + image.size)
        names = names or [f"{i}.png" for i in range(len(images))]
        np.save(path / "pixels.npy", np.concatenate(pixels))
        np.save(path / "shapes.npy", np.array([image.shape[:2] for image in images], "<i4"))
        np.save(path / "offsets.npy", np.array(begins, "<i8"))
        np.save(path / "crc32.npy", np.array([zlib.crc32(image.tobytes()) for image in images], "<u4"))
        np.save(path / "name_offsets.npy", np.cumsum([0, *(len(name) + 1 for name in names)]).astype("<i8"))
        (path / "names.txt").write_text("".join(name + "\n" for name in names))
        listed = {}
        for name in ("pixels.npy", "shapes.npy", "offsets.npy", "crc32.npy", "names.txt", "name_offsets.npy"):
            data = (path / name).read_bytes()
            listed[name] = {"bytes": len(data), **({} if name == "pixels.npy" else {"crc32": zlib.crc32(data)})}
        text = json.dumps({"format": 1, "features": [], "id": "0" * 32, "images": len(images), "type": "|u1", "channels": 3,
                           "files": listed})
        sealed = text[:-1] + ', "crc32": '
        (path / "maskmap-images.json").write_text(f'{sealed}{zlib.crc32((text[:-1] + ", ").encode())}}}\n')

    return write
