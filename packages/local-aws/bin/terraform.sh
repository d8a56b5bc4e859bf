#!/bin/sh
# The program that cdktf-cli runs in place of terraform. Each run is attached to the local provider separately, so that
# the provider can determine the folder of the stack. Commands that need no provider run terraform directly. No lock
# file is created, because Terraform would request it from the registry.
case "$1" in
  version | -v | -version | output) exec terraform "$@" ;;
  providers) [ "$2" = lock ] && exit 0 ;;
esac
exec node "$(dirname "$0")/local-aws.mjs" -- terraform "$@"
