#!/bin/sh
# Remove the folder $1 with everything the demo wrote. Nothing else is ever removed: the folder
# must hold the secrets that the demo made for itself.
if [ -n "$DATABASE_URL" ]; then
    echo "DATABASE_URL is set: that database is yours to empty. Unset it to reset the built-in one." >&2
    exit 1
fi
if [ -e "$1" ] && [ ! -e "$1/secrets.env" ]; then
    echo "$1 doesn't look like the demo's folder: nothing was removed." >&2
    exit 1
fi
rm -rf "$1"
