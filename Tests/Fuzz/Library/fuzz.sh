#!/bin/bash
# Generated calls of the library's functions under AddressSanitizer and UndefinedBehaviorSanitizer, compared with the
# system's Lua, with ample memory and fuel and with little of both. Usage: fuzz.sh rounds [first seed]
set -eu
cd "$(dirname "$0")/../../.."
rounds=$1
seed=${2:-$RANDOM}
count=40000
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
Tests/Fuzz/Library/build.sh run_script.c "$folder/run"
cat >"$folder/loader.lua" <<'LUA'
assert(load(assert(io.open(arg[1])):read("a"), "=script", "t"))()
LUA
stop() {
  echo "seed $seed: $1"
  head -c 2000 "$folder/errors"
  exit 1
}
for ((round = 1; round <= rounds; round++, seed++)); do
  {
    echo "local SEED, COUNT = $seed, $count"
    cat Tests/LuaSandboxTests/Scripts/differential.lua
  } >"$folder/script.lua"
  lua5.4 "$folder/loader.lua" "$folder/script.lua" >"$folder/stock"
  "$folder/run" "$folder/script.lua" >"$folder/ours" 2>"$folder/errors" || stop "exit $?"
  diff -a "$folder/stock" "$folder/ours" >"$folder/errors" || stop "differs from the system's Lua"
  # Wherever fuel or memory end, nothing is left and nothing is touched that must not be.
  fuel=$((RANDOM * RANDOM / 20 + 1000))
  memory=$((RANDOM * RANDOM / 100 + 20000))
  for limits in "$fuel 1073741824" "0 $memory" "$fuel $memory"; do
    status=0
    "$folder/run" "$folder/script.lua" $limits >/dev/null 2>"$folder/errors" || status=$?
    case $status in 0 | 7 | 8) ;; *) stop "limits $limits: exit $status" ;; esac
  done
  echo "seed $seed: $count calls agree"
done
