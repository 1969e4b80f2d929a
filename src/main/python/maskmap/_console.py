"""The `maskmap` command of the wheel: the same commands as bin/maskmap, with the Java that is found."""
import os
import subprocess
import sys

from . import _java

# The Vector module takes its time to load: only for what reads patches. What works on whole masks does without, but is
# worth the better compiler.
_KERNEL = ("crop", "sample", "bench", "demo", "feed")
_WHOLE = ("pack", "pack-images", "export", "convert", "remove", "verify")


def arguments(words, java):
    """The command line that starts the command."""
    command = words[0] if words else ""
    shown = any(word in ("-h", "--help", "-V", "--version") for word in words)
    if (command in _KERNEL and not shown) or "--system" in words:
        options = ["--add-modules", "jdk.incubator.vector"]
    elif command in _WHOLE and not shown:
        options = ["-Dmaskmap.kernel=scalar"]
    else:
        options = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
    if sys.stderr.isatty():
        options.append("-Dmaskmap.stderr.terminal=true")
    if command == "show":
        options += _terminal()
    return [*_java.command(java, *options), *words]


def _terminal():
    options = [] if _java.is_utf8() else ["-Dmaskmap.terminal.ascii=true"]
    if sys.stdout.isatty():
        size = os.get_terminal_size(sys.stdout.fileno())
        options.append(f"-Dmaskmap.terminal.size={size.lines} {size.columns}")
    return options


def main():
    """Runs a command in the place of this process."""
    try:
        line = arguments(sys.argv[1:], _java.find_java())
    except _java.JavaError as e:
        print(f"maskmap: {e}", file=sys.stderr)
        sys.exit(1)
    if os.name == "posix":
        os.execve(line[0], line, _java.environment())
    sys.exit(subprocess.run(line, env=_java.environment()).returncode)


if __name__ == "__main__":
    main()
