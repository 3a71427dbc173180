#!/usr/bin/env bash
# How callers fare while a plugin is replaced: 500 requests a second for a plugin's loss, first with the plugin left alone,
# then with it replaced every two seconds, in turn. Prints failures, both 99th percentiles, and the longest time from the
# end of a copy to the first answer of the new version. Usage: benchmarks/plugins.sh [ROUNDS]
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-3}
port=18099
jar=$PWD/server/target/losses-server.jar
plugin=$PWD/server/target/examples/my-huber-plugin/target/my-huber-plugin-1.0.0.jar
[ -f "$jar" ] && [ -f "$plugin" ] || ./mvnw -q -B -pl server -am -DskipTests verify
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
mkdir "$work/plugins"
java --add-modules jdk.incubator.vector -jar "$jar" --server.port=$port \
  --losses.plugins.directory="$work/plugins" >"$work/log" 2>&1 &
server=$!
until curl -s -o /dev/null "localhost:$port/actuator/health"; do
  kill -0 "$server" || { cat "$work/log" >&2; exit 1; }
  sleep 0.1
done
java benchmarks/src/main/script/PluginLoad.java "http://localhost:$port" "$plugin" "$work/plugins" "$rounds"
