"""Life and death of the Java process: it never outlives its parent, and whatever happens to it is an exception."""
import gc
import json
import os
import pathlib
import re
import signal
import stat
import subprocess
import sys
import textwrap
import threading
import time

import numpy as np
import pytest
from conftest import require

import maskmap
from maskmap import _java, _ring

HERE = pathlib.Path(__file__).parent
# All rounds that are promised take a minute or two; a desk has fewer. MASKMAP_KILLS says how many.
ROUNDS = int(os.environ.get("MASKMAP_KILLS", 100 if os.environ.get("CI") else 25))

BEGIN = """
import os, signal, sys, threading, time
sys.modules["torch"] = None
import maskmap
def loader(**options):
    return maskmap.Loader(sys.argv[1], 24, 4, backend="java", num_workers=2, **options)
def running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[0] != "Z"
"""


@pytest.fixture(scope="module")
def java():
    try:
        _java.class_path()
        return _java.find_java()
    except maskmap.JavaError as e:
        require(False, str(e))


@pytest.fixture(scope="module")
def store(java, tmp_path_factory):
    rng = np.random.default_rng(5)
    path = tmp_path_factory.mktemp("stores") / "a.masks"
    maskmap.pack([rng.random((50, 60)) < 0.5 for _ in range(60)], path)
    return path


def run(script, *args, seconds=60, **env):
    """Runs a script with a watchdog; returns what it did."""
    return subprocess.run(
        [sys.executable, "-c", BEGIN + textwrap.dedent(script), *map(str, args)], capture_output=True, text=True,
        timeout=seconds, env={**os.environ, **env}, stdin=subprocess.DEVNULL,
    )


def good(script, *args, **options):
    done = run(script, *args, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def running(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def ends(pid, seconds=10):
    end = time.monotonic() + seconds
    while running(pid) and time.monotonic() < end:
        time.sleep(0.01)
    return not running(pid)


def executable(path, text):
    path.write_text(text)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="needs /proc")
def test_kill_9_of_parent_child_or_both_leaves_nothing(java, store, tmp_path):
    shared = lambda: sorted(os.listdir("/dev/shm")) if os.path.isdir("/dev/shm") else []
    before = shared()
    home = tmp_path / "home"
    (home / "bin").mkdir(parents=True)
    (home / "release").write_text('JAVA_VERSION="25"\n')
    executable(home / "bin/java", f'#!/bin/sh\n"{java}" "$@"\nsleep 0\n')
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    done = subprocess.run(
        [sys.executable, HERE / "kill_rounds.py", store, str(ROUNDS), "7"], capture_output=True, text=True,
        timeout=60 + 10 * ROUNDS, stdin=subprocess.DEVNULL,
        env={**os.environ, "TMPDIR": str(temporary), "KILL_ROUNDS_SHELL": str(home)},
    )
    rounds = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0 and len(rounds) == ROUNDS, done.stderr[-2000:]
    assert [each for each in rounds if each["left"] or each.get("hangs")] == []
    assert sum(each["killed"] for each in rounds) >= ROUNDS * 0.8
    assert os.listdir(temporary) == []
    assert shared() == before
    assert not list(pathlib.Path("/tmp").glob("hsperfdata_*/*")) or not _left_in("/tmp", rounds)


def _left_in(folder, rounds):
    """Files that tools find JVMs by, of processes that are gone."""
    return [f for f in pathlib.Path(folder).glob("hsperfdata_*/*") if not running(f.name)
            and time.time() - f.stat().st_mtime < 60]


def test_close_ends_the_process(store):
    good("""
        a = loader()
        pid = a._backend.pid
        next(iter(a))
        a.close(); a.close()
        assert not running(pid)
        for use in (lambda: next(iter(a)), lambda: iter(a), lambda: a.read([0], [0], [0])):
            try:
                use()
            except ValueError as e:
                assert "closed" in str(e)
            else:
                raise AssertionError
        with loader() as b:
            pid = b._backend.pid
        assert not running(pid)
        """, store)


def test_the_collector_ends_the_process(store):
    good("""
        import gc
        a = loader()
        pid = a._backend.pid
        batch = next(iter(a))
        del a
        gc.collect()
        assert not running(pid)
        assert batch["mask"].sum() > 0
        """, store)


@pytest.mark.parametrize("how", ["", "sys.exit(0)", "raise SystemExit(0)", "os._exit(0)", "threading.Thread(target=time.sleep, args=(.2,)).start()"])
def test_the_end_of_the_interpreter_ends_the_process(store, how):
    done = good(f"""
        a = loader()
        batches = iter(a)
        batch = next(batches)
        print(a._backend.pid, flush=True)
        {how}
        """, store)
    assert ends(int(done.stdout))
    assert re.sub("WARNING: Using incubator.*\n", "", done.stderr) == ""


@pytest.mark.parametrize("moment", ["next(batches)", "pass", "list(batches)"])
def test_a_child_that_dies_is_an_exception_and_the_next_epoch_has_another(store, moment):
    good(f"""
        a = loader()
        pid = a._backend.pid
        batches = iter(a)
        {moment}
        os.kill(pid, signal.SIGKILL)
        begin = time.time()
        try:
            while True:
                for batch in batches:
                    pass
                batches = iter(a)
                if a._backend.pid != pid:
                    break  # it was noticed before the epoch began
        except maskmap.JavaError as e:
            assert "signal 9" in str(e) and str(pid) in str(e), e
        assert time.time() - begin < 5
        assert len(list(zip(range(20), a))) == len(a)
        """, store)


def test_ctrl_c_reaches_the_loop_and_not_the_child(store):
    process = subprocess.Popen(
        [sys.executable, "-c", BEGIN + textwrap.dedent("""
            a = loader()
            for i in range(3):
                try:
                    print(a._backend.pid, flush=True)
                    while True:
                        for batch in a:
                            pass
                except KeyboardInterrupt:
                    print("interrupted", flush=True)
            assert len(list(zip(range(20), a))) == len(a)
            print("goes on", flush=True)
            """), str(store)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )
    try:
        pids = set()
        for _ in range(3):
            pids.add(int(process.stdout.readline()))
            time.sleep(0.3)
            os.killpg(process.pid, signal.SIGINT)  # as a terminal does
            assert process.stdout.readline() == "interrupted\n"
        assert process.stdout.readline() == "goes on\n"
        assert process.wait(30) == 0
    finally:
        process.kill()
        process.communicate()
    assert all(ends(pid) for pid in pids)


def test_use_after_a_fork_is_refused(store):
    good("""
        a = loader()
        batches = iter(a)
        first = next(batches)
        pid = os.fork()
        if pid == 0:
            for use in (lambda: next(batches), lambda: iter(a), lambda: a.read([0], [0], [0])):
                try:
                    use()
                except RuntimeError as e:
                    assert "forked" in str(e), e
                else:
                    os._exit(1)
            del first, batches, a
            import gc
            gc.collect()
            sys.exit(0)  # its end is not that of the loader
        assert os.waitpid(pid, 0)[1] == 0
        assert len(list(zip(range(20), batches))) == len(a) - 1
        """, store)


def test_two_loaders_side_by_side(store):
    good("""
        a, b = loader(seed=1), loader(seed=2)
        pairs = list(zip(map(lambda x: x["index"].tolist(), a), map(lambda x: x["index"].tolist(), b)))
        assert len(pairs) == len(a)
        a.close()
        assert [x["index"].tolist() for x in b] and pairs[0][0] != pairs[0][1]
        b.set_epoch(0)
        assert [x["index"].tolist() for x in b] == [y for _, y in pairs]
        """, store)


def test_a_loader_works_in_a_thread_that_ends(store):
    """A child of a thread must not die with it."""
    made = []
    thread = threading.Thread(target=lambda: made.append(maskmap.Loader(store, 24, 4, backend="java")))
    thread.start()
    thread.join()
    time.sleep(0.5)
    with made[0] as loader:
        assert sum(1 for _ in loader) == len(loader)


def test_what_the_child_says_is_on_standard_error(store):
    done = good("""
        a = loader()
        next(iter(a))
        """, store, MASKMAP_JAVA_OPTS="-Xlog:gc+init:stderr")
    assert "[gc,init]" in done.stderr
    # What a JVM says by default on standard output does not come between frames.
    good("next(iter(loader()))", store, JAVA_TOOL_OPTIONS="-Dx=y", MASKMAP_JAVA_OPTS="-Xlog:gc*=info:stderr")


def test_a_store_that_is_cut_short_in_mid_epoch(store, tmp_path):
    rng = np.random.default_rng(2)
    path = tmp_path / "cut.masks"
    maskmap.pack([rng.random((400, 500)) < 0.5 for _ in range(64)], path)
    with maskmap.Loader(path, 64, 2, backend="java", num_workers=1) as loader:
        batches = iter(loader)
        next(batches)
        os.truncate(path / "masks.npy", 4096)
        with pytest.raises(maskmap.LoadError) as e:
            for _ in batches:
                pass
        assert str(path) in str(e.value) and "mask '" in str(e.value) and "\n" not in str(e.value)
        with pytest.raises(maskmap.LoadError):
            list(loader)


@pytest.mark.parametrize("backend", ["java", "numpy"])
def test_a_store_that_is_removed_in_mid_epoch(store, tmp_path, backend):
    path = tmp_path / "gone.masks"
    maskmap.pack([np.ones((40, 50), bool) for _ in range(32)], path)
    with maskmap.Loader(path, 24, 2, backend=backend) as loader:
        batches = iter(loader)
        next(batches)
        path.rename(tmp_path / "other")
        assert sum(1 for _ in batches) == len(loader) - 1  # it is mapped
        with pytest.raises(FileNotFoundError, match="gone.masks.*removed"):
            iter(loader)
        (tmp_path / "other").rename(path)
        assert sum(1 for _ in loader) == len(loader)


def test_no_java(store, monkeypatch, tmp_path, capfd):
    monkeypatch.delenv("MASKMAP_JAVA", raising=False)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(_java, "_FOLDERS", (str(tmp_path / "*"),))
    with pytest.raises(maskmap.JavaError, match='no Java 22 or newer.*adoptium.*backend="numpy"'):
        maskmap.Loader(store, 24, 4, backend="java")
    with maskmap.Loader(store, 24, 4) as loader:
        assert loader.backend == "numpy" and next(iter(loader))["mask"].shape == (4, 24, 24)
    said = capfd.readouterr().err
    assert said.count("\n") == 1 and said.startswith("maskmap: loading with numpy")


def test_an_old_java(store, monkeypatch, tmp_path):
    home = tmp_path / "java"
    (home / "bin").mkdir(parents=True)
    executable(home / "bin/java", "#!/bin/sh\necho 'openjdk version \"17.0.2\" 2022' >&2\n")
    for named in (home, home / "bin/java"):
        monkeypatch.setenv("MASKMAP_JAVA", str(named))
        with pytest.raises(maskmap.JavaError, match="is Java 17: expected 22 or newer"):
            maskmap.Loader(store, 24, 4, backend="java")
    monkeypatch.setenv("MASKMAP_JAVA", str(tmp_path / "nothing"))
    with pytest.raises(maskmap.JavaError, match="is no Java"):
        maskmap.Loader(store, 24, 4, backend="java")
    monkeypatch.delenv("MASKMAP_JAVA")
    monkeypatch.setenv("JAVA_HOME", str(home))
    monkeypatch.setenv("PATH", str(home / "bin"))
    monkeypatch.setattr(_java, "_FOLDERS", ())
    with pytest.raises(maskmap.JavaError, match="no Java 22 or newer found.*is Java 17"):
        maskmap.Loader(store, 24, 4, backend="java")


def test_the_newest_of_the_usual_folders(monkeypatch, tmp_path):
    for version in (21, 24, 23):
        (tmp_path / f"jdk-{version}/bin").mkdir(parents=True)
        executable(tmp_path / f"jdk-{version}/bin/java", "#!/bin/sh\n")
        (tmp_path / f"jdk-{version}/release").write_text(f'JAVA_VERSION="{version}.0.1"\n')
    monkeypatch.delenv("MASKMAP_JAVA", raising=False)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(_java, "_FOLDERS", (str(tmp_path / "*"),))
    assert _java.find_java() == str(tmp_path / "jdk-24/bin/java")


@pytest.mark.parametrize(
    "script, words",
    [
        ("echo 'Error occurred during initialization of VM'; exit 1", "Error occurred during initialization of VM"),
        ("exit 7", "exit code 7"),
        ("cat /dev/zero", "did not start"),
        ("kill -9 $$", "killed by signal 9"),
    ],
)
def test_a_child_that_cannot_start(store, monkeypatch, tmp_path, script, words):
    (tmp_path / "bin").mkdir()
    (tmp_path / "release").write_text('JAVA_VERSION="25"\n')
    executable(tmp_path / "bin/java", f"#!/bin/sh\n{script}\n")
    monkeypatch.setenv("MASKMAP_JAVA", str(tmp_path))
    with pytest.raises(maskmap.JavaError) as e:
        maskmap.Loader(store, 24, 4, backend="java")
    assert words in str(e.value) and "\n" not in str(e.value)


def test_options_that_java_does_not_know(store, monkeypatch, capfd):
    monkeypatch.setenv("MASKMAP_JAVA_OPTS", "-XX:NoSuchOption")
    with pytest.raises(maskmap.JavaError, match="did not start .exit code 1.*standard error"):
        maskmap.Loader(store, 24, 4, backend="java")
    assert "NoSuchOption" in capfd.readouterr().err


def test_no_jar(store, monkeypatch, tmp_path):
    monkeypatch.setattr(_java, "_PACKAGE", str(tmp_path))
    monkeypatch.setattr(_java, "_CHECKOUT", str(tmp_path))
    with pytest.raises(maskmap.JavaError, match="no jar.*bin/build"):
        maskmap.Loader(store, 24, 4, backend="java")


def test_no_memory_for_the_ring(store):
    with pytest.raises(MemoryError) as e:
        maskmap.Loader(store, 24, 60, backend="java", dtype="int64", prefetch=2_000_000_000 // 60)
    assert re.search(r"needs [\d,]+ bytes of memory: [\d,]+ are available; a smaller batch_size", str(e.value))


def test_a_ring_that_the_system_refuses(store, monkeypatch):
    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", refuse)
    with pytest.raises(MemoryError, match="No space left on device; a smaller batch_size"):
        maskmap.Loader(store, 24, 4, backend="java")


def test_no_room_for_the_ring_on_disk(store, tmp_path):
    """Where there are no files in memory; a limit on the size of files is a disk that is full."""
    done = run("""
        import resource
        del os.memfd_create
        resource.setrlimit(resource.RLIMIT_FSIZE, (10000, 10000))
        try:
            loader()
        except MemoryError as e:
            print(e)
        """, store, TMPDIR=tmp_path)
    assert "bytes of " + str(tmp_path) in done.stdout, done.stdout + done.stderr
    assert os.listdir(tmp_path) == []


def test_a_ring_in_a_temporary_file(store, tmp_path):
    good("""
        del os.memfd_create
        a = loader()
        assert os.listdir(os.environ["TMPDIR"]) == []
        assert len(list(zip(range(20), a))) == len(a)
        """, store, TMPDIR=tmp_path)
    assert os.listdir(tmp_path) == []


def test_memory_that_is_available_is_known():
    assert _ring._available() > 1 << 20


def test_a_loader_does_not_pickle(store):
    import pickle

    with maskmap.Loader(store, 24, 4, backend="numpy") as loader:
        with pytest.raises(TypeError, match="does not pickle"):
            pickle.dumps(loader)


def test_no_descriptor_is_left(store):
    gc.collect()
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(3):
        with maskmap.Loader(store, 24, 4, backend="java") as loader:
            next(iter(loader))
        with pytest.raises(ValueError):
            maskmap.Loader(store, 24, 400, backend="java")
    del loader
    gc.collect()
    assert len(os.listdir("/proc/self/fd")) == before


def test_all_batches_may_wait_for_as_long_as_the_caller_likes(store, monkeypatch):
    """Longer than Java's own loader takes for a mistake: half a minute. Slow, so only where all rounds are."""
    if ROUNDS < 100 or not os.environ.get("CI"):
        pytest.skip("takes half a minute: only in CI")
    with maskmap.Loader(store, 24, 4, backend="java") as loader:
        batches = iter(loader)
        next(batches)
        time.sleep(33)
        assert sum(1 for _ in batches) == len(loader) - 1
