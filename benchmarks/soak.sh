#!/usr/bin/env bash
# Mixed load for some minutes: every format, bad requests and connections that break off. Prints what the server holds after
# a tenth of the time and at the end, both after a garbage collection: nothing may have grown. Needs curl and a JDK.
# Usage: benchmarks/soak.sh [MINUTES]
set -euo pipefail
cd "$(dirname "$0")/.."
port=18097
jar=server/target/losses-server.jar
[ -f "$jar" ] || ./mvnw -q -B -DskipTests package
work=$(mktemp -d)
cp "$jar" "$work/server.jar"
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
java benchmarks/src/main/script/HttpBodies.java "$work" 20000
java -Xmx1g --add-modules jdk.incubator.vector -jar "$work/server.jar" --server.port=$port >"$work/log" 2>&1 &
server=$!
until curl -s -o /dev/null "localhost:$port/actuator/health"; do
  kill -0 "$server" || { cat "$work/log" >&2; exit 1; }
  sleep 0.1
done
java benchmarks/src/main/script/Soak.java $port $server "$work" "${1:-30}"
