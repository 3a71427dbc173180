#!/usr/bin/env bash
# Start-up against a bare Spring Boot + springdoc application, and throughput of a small JSON request against an endpoint
# of the same server that only reads the body. Pairs are measured in turn, so a machine that changes its speed does not
# decide. Needs wrk and curl. Usage: benchmarks/http.sh [ROUNDS]
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-5}
port=18099
jar=server/target/losses-server.jar
[ -f "$jar" ] || ./mvnw -q -B -DskipTests package
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
jvm=(java --add-modules jdk.incubator.vector)

# Starts a main class of the jar and prints the seconds until it answers.
start() {
  local began=$EPOCHREALTIME
  "${jvm[@]}" -cp "$jar" "-Dloader.main=$1" org.springframework.boot.loader.launch.PropertiesLauncher \
    --server.port=$port "${@:2}" >"$work/log" 2>&1 &
  server=$!
  until curl -s -o /dev/null "localhost:$port/actuator/health"; do
    kill -0 "$server" || { cat "$work/log" >&2; exit 1; }
    sleep 0.02
  done
  seconds=$(awk -v a="$began" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.3f", b - a }')
}
stop() { kill "$server"; wait "$server" 2>/dev/null || true; server=; }
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

for _ in $(seq "$rounds"); do
  start dev.losses.server.benchmark.BareServer; bare=$seconds; stop
  start dev.losses.server.LossesServer; ours=$seconds; stop
  echo "$bare $ours" >>"$work/starts"
done
awk '{ print $2 / $1 }' "$work/starts" | median >"$work/ratio"
echo "start-up: bare $(cut -d' ' -f1 "$work/starts" | median) s, losses $(cut -d' ' -f2 "$work/starts" | median) s, ratio (median of pairs) $(cat "$work/ratio")"

cat >"$work/request.lua" <<'LUA'
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
local yTrue, yPred = {}, {}
for i = 1, 32 do yTrue[i] = i % 2; yPred[i] = (i * 37 % 100) / 100 end
wrk.body = '{"y_true":[' .. table.concat(yTrue, ",") .. '],"y_pred":[' .. table.concat(yPred, ",") .. ']}'
LUA
throughput() {
  wrk -t1 -c8 -d"$2"s -s "$work/request.lua" "http://localhost:$port$1" >"$work/wrk"
  if grep -q 'Non-2xx' "$work/wrk"; then cat "$work/wrk" >&2; exit 1; fi
  awk '/Requests\/sec/ { print $2 }' "$work/wrk"
}
start dev.losses.server.LossesServer --spring.profiles.active=benchmark
throughput /benchmark/read-body 10 >/dev/null
throughput /v1/losses/mean_squared_error/evaluate 10 >/dev/null
for _ in $(seq "$rounds"); do
  limit=$(throughput /benchmark/read-body 4)
  ours=$(throughput /v1/losses/mean_squared_error/evaluate 4)
  echo "$limit $ours" >>"$work/throughputs"
done
stop
awk '{ print $2 / $1 }' "$work/throughputs" | median >"$work/ratio"
echo "small JSON, 32 pairs, mse: read-body $(cut -d' ' -f1 "$work/throughputs" | median)/s, evaluate $(cut -d' ' -f2 "$work/throughputs" | median)/s, ratio (median of pairs) $(cat "$work/ratio")"
