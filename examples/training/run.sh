#!/usr/bin/env bash
# Builds what an example needs and runs it. Usage: examples/training/run.sh linear-regression|siamese [--help] [OPTIONS]
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
(cd "$root" && ./mvnw -q -B -ntp -pl examples/training -am -Dmaven.test.skip package)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
module=$root/examples/training
# One thread of ND4J's, so that the result does not depend on the number of cores; for networks this small it is no slower.
export OMP_NUM_THREADS=1
# Newer JDKs warn of ND4J's way to memory unless told that it is known; older ones do not know how to be told.
exec "$java" -XX:+IgnoreUnrecognizedVMOptions --sun-misc-unsafe-memory-access=allow \
  --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED \
  "-Dtraining.out=$module/target" \
  -cp "$module/target/classes:$(cat "$module/target/classpath")" com.example.training.Training "$@"
