#!/usr/bin/env bash
# Times our losses beside PyTorch, ND4J, plain Java loops and the speed of memory, and writes the table into
# docs/benchmarks.md. A regular expression chooses what is measured, of names such as huber/value/1000/1 (loss, value or
# gradient, shape, threads); the table is then only printed. Usage: benchmarks/run.sh [REGEX]
set -euo pipefail
cd "$(dirname "$0")/.."
# ND4J heeds no other setting in full. The others set their threads themselves.
export OMP_NUM_THREADS=1
commit=$(git describe --always --dirty)
./mvnw -q -B -Pbenchmarks -pl benchmarks -am -DskipTests package
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
"$java" --add-modules jdk.incubator.vector "-Dbenchmarks.commit=$commit" \
  -cp "$PWD/benchmarks/target/classes:$(cat benchmarks/target/classpath)" \
  dev.losses.benchmarks.Main docs/benchmarks.md "$PWD/benchmarks/target/natives" "$@" \
  2>&1 | grep -v 'Using incubator modules'
