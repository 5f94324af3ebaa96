#!/bin/sh
# For this process alone, see folders of $1, which only root may enter: those that follow, up to "--". Then
# run what comes after that. Called as root in a mount namespace of its own, so nothing changes elsewhere.
set -e
closed="$1"
shift
aside=$(mktemp -d)
mount --bind "$closed" "$aside"
mount -t tmpfs -o mode=755,size=64k tmpfs "$closed"
while [ "$1" != -- ]; do
    mkdir -p "$1"
    mount --bind "$aside${1#"$closed"}" "$1"
    shift
done
shift
umount "$aside"
rmdir "$aside"
exec "$@"
