#!/bin/sh
# Tests the Python package with the first Python that has numpy and pytest: MASKMAP_PYTHON,
# /usr/bin/python3, python3. Where none has, it says so; where CI is set that is a failure.
# Arguments go to pytest. bin/check runs it.
root=$(CDPATH= cd -- "$(dirname -- "$0")/../../.." && pwd -P) || exit 1
cd "$root" || exit 1
for python in "${MASKMAP_PYTHON:-}" /usr/bin/python3 python3; do
  if [ -n "$python" ] && "$python" -c 'import numpy, pytest' 2>/dev/null; then
    PYTHONDONTWRITEBYTECODE=1 exec "$python" -m pytest "$@" </dev/null
  fi
done
echo "skipped: no Python with numpy and pytest (Debian: apt-get install python3-numpy python3-pytest;" \
  "MASKMAP_PYTHON names another one)"
[ -z "${CI:-}" ] || exit 1
