#!/bin/sh
# A decoder that greets without end.
while :; do printf 'CNAR\001\001\000\001\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000'; done
