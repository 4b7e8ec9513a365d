#!/bin/sh
# Runs Node.js on a disk of 2 MB of its own at $SMALL_DISK, a mount that no other process sees.
# Where the system allows no such mount, files of more than 2 MB cannot be written at all.
if unshare --mount --map-root-user true 2>/dev/null; then
  exec unshare --mount --map-root-user sh -c \
    'mount -t tmpfs -o size=2m small "$SMALL_DISK" && exec node "$@"' sh "$@"
fi
ulimit -f 4096
exec node "$@"
