#!/bin/sh
# Print the path of a Python that is at least the version asked for and can make virtual
# environments. PYTHON= names one; else the usual names are tried, then pyenv's versions.
# Each is executed: a name on the PATH may be a shim with nothing behind it.
needed="$1"
missing="No Python $needed or later was found"

for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11 python3.14 "$HOME"/.pyenv/versions/*/bin/python3}; do
    version=$("$candidate" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
    "$candidate" -c "import sys; sys.exit(sys.version_info < ($(echo "$needed" | tr . ,)))" || continue
    if ! "$candidate" -c 'import venv, ensurepip' 2>/dev/null; then
        missing="Python $version can't make virtual environments: install Debian's package python$version-venv"
        continue
    fi
    exec "$candidate" -c 'import sys; print(sys.executable)'
done

echo "$missing; PYTHON=/path/to/python names another." >&2
exit 1
