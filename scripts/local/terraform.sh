#!/bin/sh
# What cdktf runs in the place of terraform under `npm run local`: each run is attached to the local provider by itself, so that the provider knows
# in which stack's folder it runs. What needs no provider goes straight to terraform; a lock file, which would be asked of the registry, is not made.
case "$1" in
  version | -v | -version | output) exec terraform "$@" ;;
  providers) [ "$2" = lock ] && exit 0 ;;
esac
exec node "$(dirname "$0")/../run.mjs" scripts/local.ts terraform "$@"
