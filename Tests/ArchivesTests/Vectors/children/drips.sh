#!/bin/sh
# A decoder that announces a member of 64 MiB and sends it byte by byte.
printf 'CNAR\001\002\000\000\000\000\000\000\000\000\000\000\000\000\000\000\004\000\000\000'
while :; do printf x; done
