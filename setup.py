"""Puts the jar into the wheel; everything else about the package is in pyproject.toml."""
import pathlib
import shutil
import subprocess

from setuptools import setup
from setuptools.command.build_py import build_py
from setuptools.errors import ExecError

ROOT = pathlib.Path(__file__).parent


class BuildWithJar(build_py):
    """Builds the jar where it is missing or older than its sources, and takes it with what it needs."""

    def run(self):
        if getattr(self, "editable_mode", False):
            super().run()
            return  # a checkout finds its own
        # What an earlier build left there would go in too.
        shutil.rmtree(pathlib.Path(self.build_lib) / "maskmap", ignore_errors=True)
        super().run()
        if not (ROOT / "bin/build").exists():
            raise ExecError("no bin/build: the wheel is built from a checkout, which has the Java sources")
        if subprocess.run([ROOT / "bin/build"], cwd=ROOT).returncode != 0:
            raise ExecError("bin/build failed; what it said is above")
        jars = pathlib.Path(self.build_lib) / "maskmap/jars"
        (jars / "lib").mkdir(parents=True)
        shutil.copy(ROOT / "target/maskmap.jar", jars)
        for jar in sorted((ROOT / "target/lib").glob("*.jar")):
            shutil.copy(jar, jars / "lib")


setup(cmdclass={"build_py": BuildWithJar})
