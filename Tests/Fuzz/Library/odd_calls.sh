#!/bin/bash
# The shim's entry points in odd orders, under sanitizers, twice in processes of their own, which must come to the same.
# Usage: odd_calls.sh rounds [first seed]
set -eu
cd "$(dirname "$0")/../../.."
rounds=$1
seed=${2:-1}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
Tests/Fuzz/Library/build.sh odd_calls.c "$folder/odd_calls"
for run in first second; do
  "$folder/odd_calls" "$rounds" "$seed" >"$folder/$run" || { echo "seed $seed: exit $?"; exit 1; }
done
diff "$folder/first" "$folder/second" || { echo "seed $seed: two processes differ"; exit 1; }
echo "shim: $rounds rounds of calls from seed $seed, twice the same"
