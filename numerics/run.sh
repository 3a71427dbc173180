#!/usr/bin/env bash
# Measures how far every loss is from exact arithmetic and writes the tables of docs/numerics.md. With -Pbenchmarks also
# PyTorch; without, its recorded figures stay. Usage: numerics/run.sh [-Pbenchmarks]
set -euo pipefail
cd "$(dirname "$0")/.."
module=numerics
if [[ ${1-} == -Pbenchmarks ]]; then
  module=benchmarks
fi
./mvnw -q -B "$@" -pl "$module" -am -DskipTests package
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
natives="$PWD/benchmarks/target/natives"
"$java" --add-modules jdk.incubator.vector \
  -Dai.djl.offline=true -DOPT_OUT_TRACKING=true "-DDJL_CACHE_DIR=$natives" "-DENGINE_CACHE_DIR=$natives" \
  -cp "$PWD/$module/target/classes:$(cat "$module/target/classpath")" \
  dev.losses.numerics.Main docs/numerics.md \
  2>&1 | grep -v 'Using incubator modules'
