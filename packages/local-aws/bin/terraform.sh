#!/bin/sh
# What cdktf-cli runs in place of terraform: each run is attached to the local provider by itself, so that the provider knows in which stack's
# folder it runs. What needs no provider goes straight to terraform. No lock file is made, because Terraform would ask the registry for it.
case "$1" in
  version | -v | -version | output) exec terraform "$@" ;;
  providers) [ "$2" = lock ] && exit 0 ;;
esac
exec node "$(dirname "$0")/local-aws.mjs" -- terraform "$@"
