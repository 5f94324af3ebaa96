#!/bin/sh
# Make the virtual environment $1 afresh and install exactly what the lock file $2 lists.
set -e
venv="$1" lock="$2" needed="$3"

python=$(sh "$(dirname "$0")/find_python.sh" "$needed")
echo "Installing the packages of $lock into $venv (about half a minute) …"
"$python" -m venv --clear "$venv"
"$venv/bin/python" -m pip install -qq --disable-pip-version-check --require-hashes --only-binary :all: -r "$lock"
# Written last: without it, `make` sets up again.
touch "$venv/installed"
