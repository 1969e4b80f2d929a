"""Kills a loader's processes at random moments; a test runs it: kill_rounds.py STORE ROUNDS SEED.

A process of its own without torch, so that it can fork at no cost. Prints one JSON object a round.
"""
import json
import os
import pathlib
import random
import select
import signal
import sys
import time

sys.modules["torch"] = None  # as where it is not installed

import maskmap  # noqa: E402

LIMIT = 20
KINDS = ("parent", "child", "both", "parent of a worker", "parent of a shell")


def feeds(parent):
    """The Java processes of a loader's process, whoever is their parent now."""
    found = []
    for each in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            words = (each / "cmdline").read_bytes().split(b"\0")
            state = (each / "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if state != "Z" and b"feed" in words and str(parent).encode() in words:
            found.append(int(each.name))
    return found


def train(store, out, worker):
    """What is killed: loads until something goes wrong, and says what."""
    try:
        loader = maskmap.Loader(store, 24, 4, backend="java", num_workers=2, per_mask=3)
        if worker:
            pid = os.fork()  # as a DataLoader's worker: it has the pipes too
            if pid == 0:
                time.sleep(LIMIT)
                os._exit(0)
            os.write(out, b"worker %d\n" % pid)
        os.write(out, b"begins\n")
        while True:
            for batch in loader:
                int(batch["mask"].sum())
    except BaseException as e:
        os.write(out, f"{type(e).__name__}: {e}\n".encode())
        os._exit(3)


def said(source, seconds, last=None):
    """What the process says until it ends, has said its last, or the time is up."""
    text, end = b"", time.monotonic() + seconds
    while True:
        left = end - time.monotonic()
        if left <= 0 or not select.select([source], [], [], left)[0]:
            return text.decode()
        more = os.read(source, 4096)
        if not more:
            return text.decode()
        text += more
        if last is not None and text.endswith(last):
            return text.decode()


def kill(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def one_round(store, kind, choice):
    source, out = os.pipe()
    parent = os.fork()
    if parent == 0:
        os.close(source)
        train(store, out, kind == "parent of a worker")
    os.close(out)
    begun = choice.random() < 0.6
    before = said(source, LIMIT, b"begins\n") if begun else ""
    moment = choice.uniform(0, 0.3 if begun else 0.6)
    time.sleep(moment)
    victims = {"parent": [parent], "child": feeds(parent), "both": [parent, *feeds(parent)]}.get(kind, [parent])
    choice.shuffle(victims)
    for victim in victims:
        kill(victim)
    result = {"kind": kind, "begun": begun, "moment": round(moment, 3), "killed": len(victims)}
    if kind == "child":
        # It may not have had a child yet.
        result["said"] = (before + said(source, LIMIT if victims else 0.1)).splitlines()
        result["hangs"] = bool(victims) and not any("Error" in line for line in result["said"])
        kill(parent)
    else:
        result["said"] = (before + said(source, 0.05)).splitlines()
    os.waitpid(parent, 0)
    begin = time.monotonic()
    while feeds(parent) and time.monotonic() < begin + LIMIT:
        time.sleep(0.02)
    result["seconds"] = round(time.monotonic() - begin, 2)
    result["left"] = feeds(parent)
    for pid in result["left"]:
        kill(pid)
    for line in result["said"]:
        if line.startswith("worker "):
            kill(int(line.split()[1]))
    os.close(source)
    return result


def main(store, rounds, seed):
    choice = random.Random(int(seed))
    for i in range(int(rounds)):
        kind = KINDS[i % len(KINDS)]
        if kind == "parent of a shell":
            # Java's own parent is a script then, which lives on.
            os.environ["MASKMAP_JAVA"] = os.environ["KILL_ROUNDS_SHELL"]
        print(json.dumps(one_round(store, kind, choice)), flush=True)
        os.environ.pop("MASKMAP_JAVA", None)


if __name__ == "__main__":
    main(*sys.argv[1:])
