#!/usr/bin/env bash
# The server over HTTP, each against a limit of the same server: endpoints that only read the body, parse its numbers or
# send as many bytes back. Start-up is measured against a bare Spring Boot + springdoc application, and, where flask and
# numpy are installed, the mean squared error against a service of theirs. Pairs are measured in turn, so a machine that
# changes its speed does not decide. Needs wrk, curl, taskset and a JDK.
# Usage: benchmarks/http.sh [ROUNDS [SECONDS_OF_OVERLOAD]]
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-5}
overload=${2:-60}
[ "$overload" -ge 20 ] || { echo "SECONDS_OF_OVERLOAD must be at least 20" >&2; exit 1; }
port=18099
scripts=$PWD/benchmarks/src/main/script
pairs=4000000
jar=server/target/losses-server.jar
[ -f "$jar" ] || ./mvnw -q -B -DskipTests package
work=$(mktemp -d)
server=
peer=
trap 'for each in $server $peer; do kill "$each" 2>/dev/null || true; done; rm -rf "$work"' EXIT
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

java "$scripts/HttpBodies.java" "$work" $pairs
json=application/json
form="multipart/form-data; boundary=------------------------d74496d66958873e"
npz=application/x-npz
octets=application/octet-stream
mse=/v1/losses/mean_squared_error/evaluate
infer=/v2/models/mean_squared_error/infer

# Requests a second: throughput BODY CONTENT_TYPE PATH CONNECTIONS SECONDS [PORT]
throughput() {
  BODY=$work/$1.body CONTENT_TYPE=$2 HEADER_LENGTH=$(cat "$work/$1.header-length" 2>/dev/null || true) \
    wrk --timeout 60s -t1 -c"$4" -d"$5"s -s "$scripts/post.lua" "http://localhost:${6:-$port}$3" >"$work/wrk"
  if grep -qE 'Non-2xx|Socket errors' "$work/wrk"; then cat "$work/wrk" >&2; exit 1; fi
  awk '/Requests\/sec/ { print $2 }' "$work/wrk"
}
# compare TITLE CONNECTIONS SECONDS LIMIT_PATH OURS_BODY OURS_TYPE OURS_PATH [LIMIT_BODY LIMIT_TYPE LIMIT_PORT]
compare() {
  local limit=("${8:-$5}" "${9:-$6}" "$4" "$2" "$3" "${10:-$port}") ours=("$5" "$6" "$7" "$2" "$3")
  throughput "${limit[@]}" >/dev/null
  throughput "${ours[@]}" >/dev/null
  : >"$work/throughputs"
  for _ in $(seq "$rounds"); do
    echo "$(throughput "${limit[@]}") $(throughput "${ours[@]}")" >>"$work/throughputs"
  done
  local ratio
  ratio=$(awk '{ print $2 / $1 }' "$work/throughputs" | median)
  echo "$1: $(cut -d' ' -f1 "$work/throughputs" | median)/s and $(cut -d' ' -f2 "$work/throughputs" | median)/s, ratio (median of pairs) $ratio"
}

start dev.losses.server.LossesServer --spring.profiles.active=benchmark --losses.http.max-body-size=256MB
throughput json-small $json /benchmark/read-body 8 10 >/dev/null
throughput json-small $json $mse 8 10 >/dev/null
compare "small JSON, 32 pairs: read-body, evaluate" 8 4 /benchmark/read-body json-small $json $mse
compare "JSON, 1 M float64 numbers: parse-numbers, evaluate" 2 6 /benchmark/parse-numbers json-million $json $mse
compare "OIP binary, 4 M float32 pairs: read-body, infer" 2 5 /benchmark/read-body oip $octets $infer
compare ".npy in a form, 4 M float32 pairs: read-body, evaluate" 2 5 /benchmark/read-body form "$form" $mse
compare ".npz, 4 M float32 pairs: read-body, evaluate" 2 5 /benchmark/read-body npz $npz $mse
compare "4 M float32 pairs: JSON, OIP binary" 2 5 $mse oip $octets $infer json-pairs $json
compare "4 M float32 pairs: JSON, .npy in a form" 2 5 $mse form "$form" $mse json-pairs $json
compare "OIP binary, 4 M pairs, gradient back: echo, infer" 2 5 "/benchmark/echo?bytes=$((4 * pairs))" oip-gradient $octets $infer
if python3 -c 'import flask, numpy' 2>/dev/null; then
  python3 "$scripts/flask_peer.py" 18098 >"$work/flask" 2>&1 &
  peer=$!
  until curl -s -o /dev/null localhost:18098; do kill -0 "$peer"; sleep 0.2; done
  compare "small JSON: flask, evaluate" 8 4 /mse json-small $json $mse json-small $json 18098
  compare ".npy in a form, 4 M pairs: flask, evaluate" 2 5 /mse form "$form" $mse form "$form" 18098
  kill "$peer"; wait "$peer" 2>/dev/null || true; peer=
else
  echo "flask: not compared, it is not installed"
fi
stop

# The callers have the last core for themselves, so that it is the server's time that is measured: what they do, they do
# elsewhere as a rule. While it warms up the server has all cores, for on a busy one its compiler does not get far.
overload() {
  local last=$(($(nproc) - 1))
  local jvm=("${jvm[@]}" "-XX:ActiveProcessorCount=$last")
  start dev.losses.server.LossesServer
  java "$scripts/Overload.java" warm-up $port $server "$1" "$work/$2.body" $((2 * overload))
  # Twice, for threads may come and go meanwhile.
  taskset -acp "0-$((last - 1))" "$server" >/dev/null 2>&1 || true
  taskset -acp "0-$((last - 1))" "$server" >/dev/null
  taskset -c "$last" java "$scripts/Overload.java" measure $port $server "$1" "$work/$2.body" "$overload"
  stop
}
if [ "$(nproc)" -gt 1 ]; then
  echo "requests of 60 KB that take a millisecond or two:"
  overload mean_squared_error json-medium
  echo "requests of 10 KB that take ten or more:"
  overload info_nce json-rows
fi

# The document at 200 losses: the built-in ones and a plugin's.
spi=losses-spi/target/classes
[ -d "$spi" ] || ./mvnw -q -B -pl losses-spi compile
mkdir "$work/plugins"
java "$scripts/ManyLosses.java" "$spi" "$work/plugins/many.jar" 144
start dev.losses.server.LossesServer --losses.plugins.directory="$work/plugins"
until curl -s "localhost:$port/v1/plugins" | grep -q '"ACTIVE"'; do sleep 0.2; done
document=localhost:$port/v3/api-docs
etag=$(curl -s -o /dev/null -D - "$document" | tr -d '\r' | sed -n 's/^[Ee][Tt]ag: //p')
for _ in $(seq 50); do curl -s -o /dev/null -w '%{time_total} %{size_download}\n' "$document" >>"$work/documents"; done
for _ in $(seq 50); do
  curl -s -o /dev/null -w '%{time_total} %{http_code}\n' -H "If-None-Match: $etag" "$document" >>"$work/unchanged"
done
[ "$(cut -d' ' -f2 "$work/unchanged" | sort -u)" = 304 ] || { echo "The document was sent again" >&2; exit 1; }
echo "OpenAPI document at $(curl -s "localhost:$port/v1/losses" | grep -o '"aliases"' | wc -l) losses: $(head -1 "$work/documents" | cut -d' ' -f2) bytes in $(tail -40 "$work/documents" | cut -d' ' -f1 | median) s, 304 with ETag in $(tail -40 "$work/unchanged" | cut -d' ' -f1 | median) s"
stop
