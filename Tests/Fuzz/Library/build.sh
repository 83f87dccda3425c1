#!/bin/bash
# Builds one of this folder's programs with the shim and the library, under AddressSanitizer and
# UndefinedBehaviorSanitizer. Usage: build.sh PROGRAM.c OUTPUT, from the package's folder.
set -eu
flags="-std=gnu17 -O1 -g -Wall -Wextra -Werror -fsanitize=address,undefined -fno-sanitize-recover=undefined"
includes="-ISources/CLuaShims/include -ISources/CLuaLibrary/include -ISources/CLuaLibrary"
${CC:-clang} $flags $includes $(pkg-config --cflags lua5.4) "Tests/Fuzz/Library/$1" Sources/CLuaShims/*.c \
  Sources/CLuaLibrary/*.c -o "$2" $(pkg-config --libs lua5.4) -lm 2>"$2.log" || {
  cat "$2.log"
  exit 1
}
