#!/bin/sh
# Compile the requirements files: every package pinned, with the hashes of its wheels.
set -e
bin="$1"

"$bin/python" -m pip install -qq uv
# A version must have been out for a week: most hijacked releases are found by then. COOLDOWN="0 days"
# lets a security release in at once.
compile() {
    "$bin/uv" pip compile --no-config --universal --generate-hashes --only-binary :all: \
        --no-emit-index-url --exclude-newer "${COOLDOWN:-7 days}" --upgrade --quiet --custom-compile-command "make lock" "$@"
}
compile --python-version 3.11 requirements.in -o requirements.txt
compile --python-version 3.11 requirements-production.in --constraint requirements.txt -o requirements-production.txt
compile --python-version 3.12 requirements.in --override requirements-next.in -o requirements-next.txt
# Newer than every lock, or the next command would install again.
touch "$bin/../installed"
