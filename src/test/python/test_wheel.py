"""One command makes one wheel, which has all that it needs but Java and numpy."""
import importlib.util
import os
import subprocess
import sys
import zipfile

import numpy as np
import pytest
from conftest import ROOT, require

import maskmap


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    for name in ("pip", "setuptools", "wheel"):
        found = importlib.util.find_spec(name)
        require(found, f"no Python module {name} (Debian: apt-get install python3-{name})")
    found = subprocess.run([ROOT / "bin/find-java", "--jdk"], capture_output=True, text=True)
    require(found.returncode == 0, f"no JDK: {found.stderr.strip()}")
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", ROOT, "--no-build-isolation", "--no-deps", "--no-index", "-w", folder],
        capture_output=True, text=True, stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    made = list(folder.iterdir())
    assert [file.name for file in made] == [f"maskmap-{maskmap.__version__}-py3-none-any.whl"]
    return made[0]


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    folder = tmp_path_factory.mktemp("installed")
    done = subprocess.run(
        [sys.executable, "-m", "pip", "install", "--no-index", "--no-deps", "--target", folder, wheel],
        capture_output=True, text=True, stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def run(installed, *command, **env):
    return subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, cwd=installed, stdin=subprocess.DEVNULL, timeout=60,
        env={**os.environ, "PYTHONPATH": str(installed), **env},
    )


def test_what_is_in_it(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    sources = {f"maskmap/{file.name}" for file in (ROOT / "src/main/python/maskmap").glob("*.py")}
    jars = {name for name in names if name.endswith(".jar")}
    assert {name for name in names if name.startswith("maskmap/")} - jars == sources
    built = {f"maskmap/jars/lib/{jar.name}" for jar in (ROOT / "target/lib").glob("*.jar")}
    assert jars == {"maskmap/jars/maskmap.jar"} | built


def test_its_command_and_its_loader(installed, tmp_path):
    path = tmp_path / "a.masks"
    maskmap.pack([np.eye(40, 50, dtype=bool) for _ in range(5)], path)
    done = run(installed, sys.executable, installed / "bin/maskmap", "verify", path)
    assert done.returncode == 0, done.stderr
    done = run(installed, sys.executable, "-m", "maskmap", "info", path)
    assert done.returncode == 0 and "5 of 40 x 50 pixels" in done.stdout, done.stdout + done.stderr
    done = run(installed, sys.executable, "-m", "maskmap", "no-such-command")
    assert done.returncode == 2 and done.stderr.startswith("maskmap: ")
    script = (
        "import sys; sys.modules['torch'] = None; import maskmap; assert 'installed' in maskmap.__file__\n"
        "with maskmap.Loader(sys.argv[1], 8, 2, backend='java') as loader: print(sum(1 for batch in loader))"
    )
    done = run(installed, sys.executable, "-c", script, path)
    assert (done.returncode, done.stdout) == (0, "2\n"), done.stderr


def test_without_java_its_command_says_what_to_install(installed, tmp_path):
    done = run(installed, sys.executable, "-m", "maskmap", "info", "x", MASKMAP_JAVA=str(tmp_path))
    assert done.returncode == 1 and done.stderr.startswith("maskmap: MASKMAP_JAVA=") and done.stderr.count("\n") == 1
