#!/usr/bin/env bash
# Times epochs of the same DL4J network with DL4J's own loss and with ours, in turn, and prints the ratios.
# Usage: benchmarks/training.sh
set -euo pipefail
cd "$(dirname "$0")/.."
# With a thread for each core ND4J's threads wait for one another busily, and times vary by a factor of ten.
export OMP_NUM_THREADS=1
./mvnw -q -B -Pbenchmarks -pl benchmarks -am -DskipTests package
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
"$java" --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED \
  -cp "$PWD/benchmarks/target/classes:$(cat benchmarks/target/classpath)" \
  dev.losses.benchmarks.training.TrainingEpochs 2>&1 | grep --line-buffered -v 'Using incubator modules'
