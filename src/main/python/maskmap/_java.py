"""Where Java is, and what it is started with."""
import glob
import os
import re
import shlex
import shutil
import subprocess

LEAST = 22

_INSTALL = (
    f"install any JDK or JRE from {LEAST} on, such as Eclipse Temurin (https://adoptium.net), or name one: "
    'MASKMAP_JAVA=/path/to/jdk; Loader(..., backend="numpy") gives the same batches, slower, without Java'
)
_FOLDERS = (
    "/usr/lib/jvm/*", "/opt/*", "/opt/java/*", "/usr/java/*", "~/.sdkman/candidates/java/*", "~/.jdks/*",
    "/Library/Java/JavaVirtualMachines/*/Contents/Home",
)
_PACKAGE = os.path.dirname(os.path.abspath(__file__))
_CHECKOUT = os.path.normpath(os.path.join(_PACKAGE, "../../../.."))


class JavaError(RuntimeError):
    """There is no Java that will do, or its process cannot be started or has ended.

    The message is one line that says what was found and what mends it.
    """


def find_java():
    """The path of a `java` of version 22 or newer; raises JavaError where there is none.

    Looked for in this order: MASKMAP_JAVA (a home or a java), JAVA_HOME, the java on the PATH, then the newest of the
    usual folders.
    """
    named = os.environ.get("MASKMAP_JAVA")
    if named:
        java = _java_of(named) if os.path.isdir(named) else named
        version = _version(java)
        if version is None:
            raise JavaError(
                f"MASKMAP_JAVA={named} is no Java: expected the home of a Java {LEAST} or newer, or its java"
            )
        if version < LEAST:
            raise JavaError(f"MASKMAP_JAVA={named} is Java {version}: expected {LEAST} or newer; {_INSTALL}")
        return java
    older = []
    home = os.environ.get("JAVA_HOME")
    for java in (home and _java_of(home), shutil.which("java")):
        version = java and _version(java)
        if version and version >= LEAST:
            return java
        if version:
            older.append(f"{java} is Java {version}")
    found = [(_version(_java_of(home)) or 0, _java_of(home)) for each in _FOLDERS
             for home in sorted(glob.glob(os.path.expanduser(each)))]
    newest = max(found, default=(0, ""))
    if newest[0] >= LEAST:
        return newest[1]
    seen = f" ({'; '.join(older)})" if older else ""
    raise JavaError(f"no Java {LEAST} or newer found{seen}: {_INSTALL}")


def _java_of(home):
    return os.path.join(home, "bin", "java.exe" if os.name == "nt" else "java")


def _version(java):
    """The major version, from the release file of its home where there is one; None where it is no Java."""
    if not os.path.isfile(java) or not os.access(java, os.X_OK):
        return None
    home = os.path.dirname(os.path.dirname(os.path.realpath(java)))
    try:
        with open(os.path.join(home, "release"), encoding="utf-8", errors="replace") as file:
            said = re.search(r'^JAVA_VERSION="?(\d+)', file.read(), re.MULTILINE)
        if said:
            return int(said.group(1))
    except OSError:
        pass
    try:
        done = subprocess.run([java, "-version"], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.SubprocessError):
        return None
    said = re.search(r'version "(\d+)', done.stdout + done.stderr)
    return int(said.group(1)) if said else None


def class_path():
    """The jars: those of the installed package, or what a checkout has built."""
    for jar, others in (
        (os.path.join(_PACKAGE, "jars", "maskmap.jar"), os.path.join(_PACKAGE, "jars", "lib", "*.jar")),
        (os.path.join(_CHECKOUT, "target", "maskmap.jar"), os.path.join(_CHECKOUT, "target", "lib", "*.jar")),
    ):
        if os.path.isfile(jar):
            return [jar, *sorted(glob.glob(others))]
    raise JavaError(
        f"{_PACKAGE}: the package has no jar; install the wheel that 'pip wheel' makes, or run bin/build in the "
        "checkout"
    )


def environment():
    """The environment of Java: one in which it can open files named with an accent."""
    env = dict(os.environ)
    if os.name == "posix" and not is_utf8():
        env["LC_ALL"] = "C.UTF-8"
    return env


def is_utf8():
    """Whether the locale is one of UTF-8."""
    return "utf" in (os.environ.get("LC_ALL") or os.environ.get("LC_CTYPE") or os.environ.get("LANG") or "").lower()


def command(java, *options):
    """The command line up to the words of `maskmap`."""
    return [
        java, "-Xshare:auto", *options, "-Djava.awt.headless=true", "--enable-native-access=ALL-UNNAMED",
        *shlex.split(os.environ.get("MASKMAP_JAVA_OPTS", "")), "-cp", os.pathsep.join(class_path()),
        "dev.maskmap.cli.Main",
    ]
