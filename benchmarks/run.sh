#!/bin/bash
# run.sh MODE [GENERATOR...]   MODE = closed | rate | users | churn; generators wrk, gatling, onrush (default: all)
#
# Runs the generators one after the other, again and again (A B C A B C …), against nginx on the loopback address and
# prints one Markdown table of medians. The generator has one core, nginx another. See README.md.
#
# Environment (default): REPEATS (3) WARM (10 s) DUR (20 s) USERS (closed 64, rate 500, users 10000)
#   RATE (rate 5000, users 1000, churn 3000 per second) GEN_CPU (0) SERVER_CPU (1) JAVA MVN JVM_FLAGS
#   SKIP_BUILD=1 takes Onrush as it was built last
set -eu
here=$(cd "$(dirname "$0")" && pwd)
usage() { sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 2; }

[ $# -ge 1 ] || usage
mode=$1; shift
case $mode in
  closed) USERS=${USERS:-64} RATE=${RATE:-1} ;;
  rate) USERS=${USERS:-500} RATE=${RATE:-5000} ;;
  users) USERS=${USERS:-10000} RATE=${RATE:-1000} ;;
  churn) USERS=${USERS:-1} RATE=${RATE:-3000} ;;
  *) usage ;;
esac
names=("$@"); [ $# -gt 0 ] || names=(wrk gatling onrush)
REPEATS=${REPEATS:-3} WARM=${WARM:-10} DUR=${DUR:-20} GEN_CPU=${GEN_CPU:-0} SERVER_CPU=${SERVER_CPU:-1}
JAVA=${JAVA:-java} MVN=${MVN:-mvn -B -ntp} JVM_FLAGS=${JVM_FLAGS:--Xms1g -Xmx1g -XX:+UseParallelGC}
# The many users come over one period: only then does the warm-up begin. The generators run a little longer than needed.
warm=$WARM; [ "$mode" != users ] || warm=$((WARM + USERS / RATE + 1))
seconds=$((warm + DUR + 5))
target=$here/target/peers; mkdir -p "$target"

# --- what is measured -------------------------------------------------------------------------------------------------
# prepare_NAME gets it ready once, gen_NAME sets CMD for one run; both say why not in SKIP and return 1.

prepare_wrk() {
  [ "$mode" = closed ] || { SKIP="wrk knows only the closed loop"; return 1; }
  command -v wrk >/dev/null || { SKIP="wrk is not installed (Debian package wrk)"; return 1; }
}
gen_wrk() { CMD=(wrk -t1 "-c$USERS" "-d${seconds}s" "$url/small"); }

simulation() { # what both simulations are told
  CMD=("$JAVA" $JVM_FLAGS "-Dbench.url=$url" "-Dbench.mode=$mode" "-Dbench.users=$USERS" "-Dbench.rate=$RATE"
    "-Dbench.seconds=$seconds" "-Dbench.warmUpSeconds=$warm" "$@")
}

prepare_gatling() {
  local to=$target/gatling
  if [ ! -e "$to/complete" ]; then
    rm -rf "$to/lib"
    $MVN -q -f "$here/peers/gatling/pom.xml" dependency:copy-dependencies "-DoutputDirectory=$to/lib" >"$run/gatling.build" 2>&1 &&
      touch "$to/complete" || { SKIP="Maven could not fetch it: $(grep -m1 ERROR "$run/gatling.build")"; return 1; }
  fi
  javac --release 17 -nowarn -cp "$to/lib/*" -d "$to/classes" "$here/peers/gatling/BenchSimulation.java" \
    2>"$run/gatling.build" || { SKIP="the simulation does not compile: $(head -1 "$run/gatling.build")"; return 1; }
  # Without this its console logger runs at DEBUG.
  echo '<configuration><root level="ERROR"/></configuration>' >"$to/classes/logback-test.xml"
}
gen_gatling() { # recording on, no page; it must not reach for the Internet
  simulation --add-opens=java.base/java.lang=ALL-UNNAMED -Dgatling.data.enableAnalytics=false \
    -cp "$target/gatling/classes:$target/gatling/lib/*" \
    io.gatling.app.Gatling -s gatling.BenchSimulation -rf "$run/gatling" -nr
}

prepare_onrush() {
  if [ -z "${SKIP_BUILD:-}" ]; then
    (cd "$here/.." && $MVN -q -DskipTests package -pl benchmarks -am) >"$run/onrush.build" 2>&1 ||
      { SKIP="the build failed: $(grep -m1 ERROR "$run/onrush.build")"; return 1; }
  fi
  [ -e "$here/target/classpath.txt" ] || { SKIP="not built: benchmarks/target/classpath.txt is missing"; return 1; }
  onrush_path="$here/target/classes:$(cat "$here/target/classpath.txt")"
}
gen_onrush() {
  simulation -cp "$onrush_path" \
    dev.onrush.Onrush --simulation dev.onrush.benchmarks.BenchSimulation --results "$run/onrush"
  OPTIONS+=(--summary "$run/onrush")
}

# --- the target -------------------------------------------------------------------------------------------------------

run=$(mktemp -d /tmp/onrush-bench-XXXXXX); chmod 755 "$run"
server= child=
finish() {
  trap - EXIT INT TERM
  [ -z "$child" ] || { kill "$child" 2>/dev/null && wait "$child"; } || true
  [ -z "$server" ] || { kill "$server" 2>/dev/null && wait "$server"; } || true
  rm -rf "$run"
}
trap finish EXIT; trap 'exit 130' INT; trap 'exit 143' TERM

ulimit -n "$(ulimit -Hn)"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
url=http://127.0.0.1:$port
command -v nginx >/dev/null || { echo "nginx is not installed (Debian package nginx-light)" >&2; exit 1; }
sed "s#@RUN@#$run#; s#@PORT@#$port#" "$here/harness/nginx.conf" >"$run/nginx.conf"
taskset -c "$SERVER_CPU" nginx -p "$run" -e "$run/nginx.err" -c "$run/nginx.conf" & server=$!
for _ in $(seq 50); do
  (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break
  kill -0 "$server" 2>/dev/null || { cat "$run/nginx.err" >&2; exit 1; }
  sleep 0.1
done

# --- the rounds -------------------------------------------------------------------------------------------------------

ready=(); skipped=()
for n in "${names[@]}"; do
  declare -F "gen_$n" >/dev/null || { echo "unknown generator $n: wrk, gatling or onrush" >&2; exit 2; }
  SKIP=
  if "prepare_$n"; then ready+=("$n"); else skipped+=("$n: skipped, $SKIP."); fi
done
load=$(cut -d' ' -f1 /proc/loadavg)

rows=$run/rows.jsonl; : >"$rows"
for _ in $(seq "$REPEATS"); do
  for n in "${ready[@]}"; do
    CMD=() OPTIONS=()
    "gen_$n"
    [ "$mode" != users ] || [ "$n" = wrk ] || OPTIONS+=(--live-heap)
    "$here/harness/measure.py" --label "$n" --port "$port" --server-pid "$server" --cpu "$GEN_CPU" --warm "$warm" \
      --dur "$DUR" --log "$run/$n.log" ${OPTIONS[@]+"${OPTIONS[@]}"} -- "${CMD[@]}" >"$run/row" & child=$!
    wait "$child" || { echo "measuring $n failed" >&2; tail -20 "$run/$n.log" >&2; exit 1; }
    child=
    cat "$run/row" >>"$rows"; cat "$run/row" >&2
    if grep -q '"error"' "$run/row"; then tail -20 "$run/$n.log" >&2; fi
  done
done

# --- the table --------------------------------------------------------------------------------------------------------

echo
echo "Mode $mode: $([ "$mode" = churn ] && echo "$RATE new users/s" || echo "$USERS users")$(
  case $mode in rate | users) echo ", $RATE requests/s" ;; esac), $REPEATS round(s) of $DUR s after $warm s warm-up."
echo "Machine: $(nproc) × $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1), Linux $(uname -r), load average $load before the first round."
echo "JVM: $("$JAVA" -version 2>&1 | sed -n 2p), $JVM_FLAGS."
echo
status=0
"$here/harness/table.py" "$mode" "$rows" || status=1
for s in ${skipped[@]+"${skipped[@]}"}; do printf '\n%s\n' "$s"; done
exit $status
