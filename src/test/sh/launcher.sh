#!/bin/sh
# Tests bin/maskmap as a person uses it: one line a test, then the count. bin/check runs it.
root=$(CDPATH= cd -- "$(dirname -- "$0")/../../.." && pwd -P) || exit 1
maskmap=$root/bin/maskmap
python=${MASKMAP_PYTHON:-/usr/bin/python3}
masks=$root/../shared/masks/fullhd
work=$(mktemp -d "${TMPDIR:-/tmp}/maskmap-launcher.XXXXXX") || exit 1
full=$work/full
trap 'umount "$full" 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
cd "$work" || exit 1
passed=0
failed=0

ok() {
  passed=$((passed + 1))
  echo "ok: $1"
}

bad() {
  failed=$((failed + 1))
  echo "FAILED: $1"
  head -n 20 out err 2>/dev/null | sed 's/^/    /'
}

# Runs a command and leaves out, err and code, without the JVM's own line about the Vector module.
run() {
  "$@" >out 2>err.all </dev/null
  code=$?
  grep -v '^WARNING: Using incubator modules' err.all >err
  rm -f err.all
}

# good NAME COMMAND...: exits with 0.
good() {
  name=$1
  shift
  run "$@"
  if [ $code = 0 ]; then ok "$name"; else bad "$name (exit $code)"; fi
}

# refused NAME CODE WORD COMMAND...: exits with CODE, one line of ours with WORD, nothing left.
refused() {
  name=$1
  want=$2
  word=$3
  shift 3
  ls -A . | grep -Ev '^(out|err)$' >"$work.before"
  run "$@"
  ls -A . | grep -Ev '^(out|err)$' >"$work.after"
  if [ $code != "$want" ]; then
    bad "$name: exit $code, expected $want"
  elif [ "$(wc -l <err)" != 1 ] || ! grep -q '^maskmap: ' err; then
    bad "$name: expected one line that begins with maskmap:"
  elif ! grep -qF -- "$word" err; then
    bad "$name: the line does not say '$word'"
  elif ! cmp -s "$work.before" "$work.after"; then
    bad "$name: it left something: $(diff "$work.before" "$work.after" | grep '^[<>]' | tr '\n' ' ')"
  else
    ok "$name"
  fi
  rm -f "$work.before" "$work.after"
}

needs() {
  if [ -n "${CI:-}" ]; then bad "$1 (in CI nothing is skipped)"; else echo "skipped: $1"; fi
}

# --- what works
good "--help" "$maskmap" --help
good "--version" "$maskmap" --version
for command in demo pack pack-images info show crop sample export convert remove verify warm bench; do
  good "$command --help" "$maskmap" $command --help
done
good "info --system" "$maskmap" info --system
good "demo" "$maskmap" demo --dir "$work/demo" --masks 6 --seconds 0.5
store=$work/demo/demo.masks
good "info" "$maskmap" info "$store"
good "verify" "$maskmap" verify "$store"
good "sample" "$maskmap" sample "$store" -n 4 -o sheet.png
good "bench --json" "$maskmap" bench "$store" --seconds 0.2 --warmup 0.2 --json
grep -q '"ns_per_patch_median"' out || bad "bench --json has its members"
good "a bare .npy" "$maskmap" info "$store/masks.npy" --height 1080
good "info --list" "$maskmap" info "$store" --list
[ "$(wc -l <out)" = 7 ] || bad "info --list has a line a mask, and a heading"
good "show" "$maskmap" show "$store" --mask 1
good "show in a locale without UTF-8" env LC_ALL=C "$maskmap" show "$store"
grep -q '^+--' out || bad "show draws ASCII there"
good "sample --emptiest" "$maskmap" sample "$store" --emptiest 3 -o emptiest.png
good "sample --sampler" "$maskmap" sample "$store" --sampler foreground=0.33,at-least=1% --size 64x64 \
  -o drawn.png --heatmap heat.png
grep -q '^at-least=41\*16 foreground=5/16 64x64 ' out || bad "it says what the sampler is"
head -n 3 "$store/names.txt" >fold.txt
good "sample to a list" "$maskmap" sample "$store" --only fold.txt -o drawn.csv
[ "$(wc -l <drawn.csv)" = 4 ] || bad "it has the three masks of the fold and a heading"
good "sample --images" "$maskmap" sample "$store" -n 4 --images demo/png -o images.png
good "export" "$maskmap" export "$store" -o exported
[ -f exported/mask-0000.png ] || bad "export wrote mask-0000.png"
good "pack what was exported" "$maskmap" pack exported -o again.masks
cmp -s "$store/masks.npy" again.masks/masks.npy || bad "it is the same"
good "export --format tiff" "$maskmap" export "$store" -o tiff --format tiff
good "pack the TIFFs" "$maskmap" pack tiff -o tiff.masks
cmp -s "$store/masks.npy" tiff.masks/masks.npy || bad "they have the same pixels"
good "export --archive" "$maskmap" export "$store" --archive masks.zip
good "pack the archive" "$maskmap" pack masks.zip -o zip.masks
cmp -s "$store/names.txt" zip.masks/names.txt || bad "it has the same names"
cmp -s "$store/masks.npy" zip.masks/masks.npy || bad "it has the same pixels"
good "pack --append begins a data set" "$maskmap" pack demo/png/mask-0000.png -o set.data --append
good "pack --append adds to it" "$maskmap" pack demo/png/mask-0001.png -o set.data --append
good "verify of a data set" "$maskmap" verify set.data
grep -q '2 masks' out || bad "it has two masks"
good "convert" "$maskmap" convert "$work/demo/demo.masks" -o "$work/converted.masks" --layout runs
good "pack --layout auto" "$maskmap" pack "$work/demo/demo.masks" -o "$work/auto.masks" --layout auto
cmp -s "$work/converted.masks/maskmap.json" "$work/auto.masks/maskmap.json" || bad "it takes runs"
good "a pattern stands for several stores" "$maskmap" info "$work/*.masks"
good "bench --loader" "$maskmap" bench "$work/converted.masks" --loader --seconds 0.2 --warmup 0.2
grep -q 'the consumer waited' out || bad "it says how long the consumer waited"
good "pack-images" "$maskmap" pack-images demo/png -o "$work/demo.images" --match "$store"
good "info of images" "$maskmap" info "$work/demo.images"
grep -q '^images  ' out || bad "it says how many images there are"
good "verify of images" "$maskmap" verify "$work/demo.images"
grep -q 'sound: 6 images' out || bad "they are sound"
good "bench --loader --images" "$maskmap" bench "$store" --loader --images "$work/demo.images" --turns flips --seconds 0.2 --warmup 0.2
refused "pack-images over what is there" 1 "exists already" "$maskmap" pack-images demo/png -o "$work/demo.images"
refused "images of no mask" 1 "have no image" "$maskmap" pack-images sheet.png -o none.images --match "$store"
good "bench of runs" "$maskmap" bench "$work/converted.masks" --seconds 0.2 --warmup 0.2
good "info --system of a store" "$maskmap" info --system "$store"
grep -q '^in memory  ' out || bad "it says how much is in memory"
grep -q '^hints .*renameat2' out || [ "$(uname)" != Linux ] || bad "the launcher enables native access"
good "warm" "$maskmap" warm "$store"
good "warm again" "$maskmap" warm "$store"
grep -q 'were in memory already$' out || [ "$(uname)" != Linux ] || bad "it says that nothing was left to do"
good "warm of a data set" "$maskmap" warm set.data
good "warm of runs" "$maskmap" warm "$work/converted.masks" --json
grep -q '"resident"' out || bad "warm --json has its members"
good "warm of a bare .npy" "$maskmap" warm "$store/masks.npy" --height 1080
good "bench --no-hints" "$maskmap" bench "$store" --seconds 0.2 --warmup 0.2 --ring 4M --no-hints
run "$maskmap" bench "$store" --seconds 0.2 --warmup 0.2 --cold --ahead 4
if [ $code = 0 ] && grep -q 'without hints: with them' out; then
  ok "bench --cold"
elif grep -q 'stays in memory\|native access' err; then
  echo "skipped: bench --cold (the system keeps the files in memory)"
else
  bad "bench --cold (exit $code)"
fi
good "remove" "$maskmap" remove set.data mask-0000
good "pack --dry-run" "$maskmap" pack demo/png -o dry.masks --dry-run
[ ! -e dry.masks ] || bad "--dry-run writes nothing"
printf '{"size":[2,2],"counts":[0,2,2]}' >runs.json
good "pack an annotation file" "$maskmap" pack runs.json -o runs.masks
"$maskmap" info "$store" 2>err | true
if [ -s err ]; then bad "a reader that has seen enough"; else ok "a reader that has seen enough"; fi
mkdir "a folder with spaces"
ln -s "$maskmap" "a folder with spaces/link"
good "through a symbolic link, from another folder" "a folder with spaces/link" info "$store"
old=$(command -v /usr/lib/jvm/*17*/bin/java | head -n 1)
if [ -x "$old" ]; then
  good "with an older java on the PATH" env -u JAVA_HOME -u MASKMAP_JAVA \
    "PATH=$(dirname "$old"):$PATH" "$maskmap" info "$store"
  refused "with an older MASKMAP_JAVA" 1 "MASKMAP_JAVA" env "MASKMAP_JAVA=$old" "$maskmap" --help
else
  echo "skipped: no older Java beside the newer one"
fi
good "in a locale without UTF-8" env LC_ALL=C "$maskmap" crop "$store" --mask 0 --at 0,0 \
  --size 8x8 -o "é.png"

# --- what is refused
: >empty.png
mkdir none
echo "no picture" >text.png
head -c 300 demo/png/mask-0000.png >cut.png
head -c -1 "$store/masks.npy" >cut.npy
cp -r "$store" no-json.masks && rm no-json.masks/maskmap.json
cp -r "$store" newer.masks && sed 's/"format": 1/"format": 99/' "$store/maskmap.json" \
  >newer.masks/maskmap.json
cp -r "$store" short.masks && head -c -1 "$store/masks.npy" >short.masks/masks.npy
header() { # header FILE DICT: a NPY header alone
  printf '\223NUMPY\001\000\166\000%-117s\n' "$2" >"$1"
}
header huge.npy "{'descr': '|u1', 'fortran_order': False, 'shape': (4294967296, 4294967296, 4), }"
header fortran.npy "{'descr': '|u1', 'fortran_order': True, 'shape': (8, 8), }"
header bool.npy "{'descr': '|b1', 'fortran_order': False, 'shape': (8, 8), }"
header bytes.npy "{'descr': '|u1', 'fortran_order': False, 'shape': (8, 8), }"
for file in fortran bool bytes; do
  i=0
  while [ $i -lt 32 ]; do
    printf '\000\001' >>$file.npy
    i=$((i + 1))
  done
done
# For programs: it says hello in a frame, ends with its input, and no help lists it.
good "feed" "$maskmap" feed
if grep -aqF '"message": "hello"' out && [ ! -s err ]; then ok "feed says hello"; else bad "feed says hello"; fi
"$maskmap" --help >out 2>err
if grep -q feed out; then bad "no help lists feed"; else ok "no help lists feed"; fi
refused "no command" 2 "No command" "$maskmap"
refused "an unknown command" 2 "frobnicate" "$maskmap" frobnicate
refused "an unknown option" 2 "--frob" "$maskmap" info "$store" --frob
refused "a missing store" 1 "missing.masks" "$maskmap" info missing.masks
refused "a missing image" 1 "missing.png" "$maskmap" pack missing.png -o t.masks
refused "an empty folder" 1 "none" "$maskmap" pack none -o t.masks
refused "an empty file named .png" 1 "empty.png" "$maskmap" pack empty.png -o t.masks
refused "a text file named .png" 1 "text.png" "$maskmap" pack text.png -o t.masks
refused "a truncated PNG" 1 "cut.png" "$maskmap" pack demo/png cut.png -o t.masks
refused "a .npy cut short" 1 "cut.npy" "$maskmap" info cut.npy
refused "a shape beyond a long" 1 "huge.npy" "$maskmap" info huge.npy
refused "an array in Fortran order" 1 "fortran.npy" "$maskmap" info fortran.npy
refused "an array of bool" 1 "bool.npy" "$maskmap" info bool.npy
refused "an array of 0 and 1" 1 "bytes.npy" "$maskmap" info bytes.npy
refused "a store without maskmap.json" 1 "no-json.masks" "$maskmap" info no-json.masks
refused "a store of a newer version" 1 "newer.masks" "$maskmap" info newer.masks
refused "a store whose array is short" 1 "short.masks" "$maskmap" info short.masks
refused "a patch that leaves the mask" 1 "1080" \
  "$maskmap" crop "$store" --mask 0 --at 1000,0 --size 256x256 -o p.png
refused "a patch at a negative place" 1 "-1,0" \
  "$maskmap" crop "$store" --mask 0 --at -1,0 --size 8x8 -o p.png
refused "a size that is none" 2 "--size" \
  "$maskmap" crop "$store" --mask 0 --at 0,0 --size 256 -o p.png
refused "a mask beyond the last" 1 "no mask 6" \
  "$maskmap" crop "$store" --mask 6 --at 0,0 --size 8x8 -o p.png
refused "a mask of no such name" 1 "nobody" \
  "$maskmap" crop "$store" --mask nobody --at 0,0 --size 8x8 -o p.png
refused "a store that is not there to warm" 1 "missing.masks" "$maskmap" warm missing.masks
refused "a cold bench on two threads" 2 "--cold" "$maskmap" bench "$store" --cold --threads 2
echo mask-nowhere >unknown.txt
refused "a fold of a mask that is not there" 1 "unknown.txt, line 1" \
  "$maskmap" sample "$store" --without unknown.txt -o t.png
refused "a sampler that is none" 2 "expected uniform" "$maskmap" sample "$store" --sampler even -o t.png
refused "an output that exists" 1 "sheet.png: exists" "$maskmap" sample "$store" -o sheet.png
refused "a plain store that is to grow" 1 "--append" \
  "$maskmap" pack demo/png -o "$store" --append
refused "a mask to remove that is not there" 1 "nobody" "$maskmap" remove "$store" nobody
refused "an export to a folder that is not empty" 1 "--overwrite" "$maskmap" export "$store" -o exported
refused "a store that exists" 1 "exists already" "$maskmap" pack demo/png -o "$store"
refused "a folder that is no store" 1 "no store" "$maskmap" pack demo/png -o none --overwrite
refused "a kernel that is none" 2 "--kernel" "$maskmap" bench "$store" --kernel fast
refused "an option that benchmarks does not have" 2 "usage" "$root/bin/benchmarks" --slow
refused "a page of benchmarks in no folder" 2 "no folder" "$root/bin/benchmarks" --output nowhere/page.md
refused "too little memory" 1 "memory" env MASKMAP_JAVA_OPTS=-Xmx8m "$maskmap" sample "$store" -n 400 -o t.png
if [ -c /dev/full ]; then
  refused "a sheet onto a full device" 1 "/dev/full" "$maskmap" sample "$store" -o /dev/full
  refused "a patch onto a full device" 1 "/dev/full" \
    "$maskmap" crop "$store" --mask 0 --at 0,0 --size 8x8 -o /dev/full
  refused "a store onto a device" 1 "/dev/full" "$maskmap" pack demo/png -o /dev/full --overwrite
  refused "standard output onto a full device" 1 "standard output" \
    sh -c '"$0" info "$1" >/dev/full' "$maskmap" "$store"
else
  echo "skipped: no /dev/full"
fi
mkdir "$full"
if [ "$(id -u)" = 0 ] && mount -t tmpfs -o size=200k tmpfs "$full" 2>/dev/null; then
  refused "a store onto a full disk" 1 "$full/t.masks: masks.npy: No space left" "$maskmap" pack demo/png -o "$full/t.masks"
  if [ -z "$(ls -A "$full")" ]; then ok "nothing is left there"; else bad "left: $(ls -A "$full")"; fi
  refused "a patch onto a full disk" 1 "$full" \
    "$maskmap" crop "$store" --mask 0 --at 0,0 --size 1080x1920 -o "$full/p.npy"
  if [ -z "$(ls -A "$full")" ]; then ok "nothing is left there"; else bad "left: $(ls -A "$full")"; fi
  umount "$full"
else
  echo "skipped: a full disk (only root mounts a tmpfs, and not everywhere)"
fi

# --- real masks, and an oracle that is not ours
if [ ! -d "$masks" ]; then
  needs "real masks: no folder $masks"
elif ! "$python" -c 'import numpy, PIL' 2>/dev/null; then
  needs "the comparison with Pillow and numpy: $python lacks them"
else
  good "masks of several sizes" "$maskmap" pack "$masks" -o sizes.masks
  grep -q 'different sizes' out || bad "it says that they differ"
  good "verify of masks of several sizes" "$maskmap" verify sizes.masks
  "$python" - "$masks" >same-size.txt <<'PY'
import collections, glob, sys
from PIL import Image
sizes = collections.defaultdict(list)
for file in sorted(glob.glob(sys.argv[1] + "/*.png")):
    image = Image.open(file)
    if image.mode in ("1", "L", "P"):
        sizes[image.size].append(file)
print("\n".join(max(sizes.values(), key=len)))
PY
  tr '\n' '\0' <same-size.txt >same-size.nul
  good "masks of one size pack" xargs -0 -a same-size.nul "$maskmap" pack -o real.masks
  good "a crop as .npy" "$maskmap" crop real.masks --mask 1 --at 101,203 --size 255x256 -o real.npy
  good "a crop as .png" "$maskmap" crop real.masks --mask 1 --at 101,203 --size 255x256 -o real.png
  good "both equal Pillow and numpy" "$python" - same-size.txt <<'PY'
import sys
import numpy as np
from PIL import Image
files = open(sys.argv[1]).read().split("\n")
source = np.asarray(Image.open(files[1])) != 0
if source.ndim == 3:
    source = source.any(axis=2)
patch = source[101:101 + 255, 203:203 + 256]
assert np.array_equal(np.load("real.npy"), patch.astype(np.uint8))
assert np.array_equal(np.asarray(Image.open("real.png")).astype(bool), patch)
packed = np.load("real.masks/masks.npy", mmap_mode="r")
assert np.array_equal(np.unpackbits(packed[1], axis=0)[:source.shape[0]].astype(bool), source)
PY
fi

echo "$passed passed, $failed failed"
[ $failed = 0 ]
