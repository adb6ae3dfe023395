#!/bin/bash
# run.sh MODE [GENERATOR...]
#
# MODE         closed | rate | users | churn | tls | h2 | users-tls | json | form | cores | pause | start | all (each in turn)
# GENERATOR    wrk, h2load, gatling, hyperfoil, onrush; default: all that know the mode. With a JDK of its own: onrush-25;
#              with two cores: onrush-2cores; mode start with logback: onrush-logback
#
# Runs the generators one after the other, again and again (A B C A B C …), against a target on the loopback address and
# prints one Markdown table of medians, with the goals. The generator has one core, the target another. See README.md.
#
# Environment (default): REPEATS (5; users-tls 3, start 10) WARM (10 s; rate, churn 30 s) DUR (10 s) USERS RATE (by mode) GEN_CPU (0) SERVER_CPU (1)
#   JAVA (java) JVM_FLAGS MVN  JAVA_25, JAVA_21 … for the JDK of a name (else /usr/lib/jvm/*-25-*)
#   TARGET (nginx) TARGET=scripted: a server with scripted times, SCRIPT (--time-lognormal 5,0.5)
#   SKIP_BUILD=1 takes Onrush as it was built last
set -eu
here=$(cd "$(dirname "$0")" && pwd)
usage() { sed -n '2,15s/^# \{0,1\}//p' "$0" >&2; exit 2; }
modes=(closed rate users churn tls h2 users-tls json form cores pause start)

[ $# -ge 1 ] || usage
mode=$1; shift
if [ "$mode" = all ]; then
  status=0
  for m in "${modes[@]}"; do
    echo; echo "## $m"
    "$0" "$m" "$@" || status=1
    export SKIP_BUILD=1
  done
  exit $status
fi

# What the simulation is told: load = closed | paced | churn, request = get | json | form; how it is looked at:
# window | heap (a window, then the live heap per user) | waiting (live heap of users who only wait) | start.
load=closed request=get look=window secure= http2=
names=(wrk gatling hyperfoil onrush)
case $mode in
  closed) USERS=${USERS:-64} ;;
  # Little work a second: the JIT takes its time.
  rate) USERS=${USERS:-500} RATE=${RATE:-5000} WARM=${WARM:-30} load=paced ;;
  users) USERS=${USERS:-10000} RATE=${RATE:-1000} load=paced look=heap ;;
  churn) RATE=${RATE:-3000} WARM=${WARM:-30} load=churn ;;
  tls) USERS=${USERS:-64} secure=1 ;;
  h2) USERS=${USERS:-64} secure=1 http2=1; names=(h2load gatling onrush) ;;
  # Slower than the users in clear: 500 handshakes/s of the JDK are what one core cannot do while it warms up.
  users-tls) USERS=${USERS:-10000} RATE=${RATE:-250} REPEATS=${REPEATS:-3} load=paced look=heap secure=1 ;;
  json) USERS=${USERS:-64} request=json ;;
  form) USERS=${USERS:-64} request=form ;;
  cores) USERS=${USERS:-500} RATE=${RATE:-5000} WARM=${WARM:-30} load=paced; names=(onrush onrush-2cores) ;;
  pause) USERS=${USERS:-1000000} look=waiting; names=(onrush) ;;
  start) REPEATS=${REPEATS:-10} look=start; names=(gatling onrush onrush-logback) ;;
  *) usage ;;
esac
[ $# -eq 0 ] || names=("$@")
USERS=${USERS:-1} RATE=${RATE:-1} REPEATS=${REPEATS:-5} WARM=${WARM:-10} DUR=${DUR:-10}
GEN_CPU=${GEN_CPU:-0} SERVER_CPU=${SERVER_CPU:-1} TARGET=${TARGET:-nginx} SCRIPT=${SCRIPT:---time-lognormal 5,0.5}
JAVA=${JAVA:-java} MVN=${MVN:-mvn -B -ntp} JVM_FLAGS=${JVM_FLAGS:--Xms1g -Xmx1g -XX:+UseParallelGC}
case $look in
  waiting) JVM_FLAGS="-Xmx1g -XX:+UseParallelGC" ;;
  start) JVM_FLAGS= ;; # as a first run in an IDE: no flags
esac
# The many users come over one period: only then does the warm-up begin. The generators run a little longer than needed.
warm=$WARM; [ $look != heap ] || warm=$((WARM + USERS / RATE + 1))
seconds=$((warm + DUR + 5))

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

. "$here/harness/generators.sh"
. "$here/harness/target.sh"

# --- who can run ------------------------------------------------------------------------------------------------------

ready=(); skipped=(); prepared=" "
for n in "${names[@]}"; do
  read_name "$n" || { echo "unknown generator $n: wrk, h2load, gatling, hyperfoil or onrush, each with -JDK or -2cores" >&2; exit 2; }
  SKIP=
  if java_of_name && { [[ $prepared = *" $generator "* ]] || "prepare_$generator"; }; then
    ready+=("$n"); prepared+="$generator "
  else
    skipped+=("$n: skipped, $SKIP.")
  fi
done
start_target
average=$(cut -d' ' -f1 /proc/loadavg)

# --- the rounds -------------------------------------------------------------------------------------------------------

rows=$run/rows.jsonl; : >"$rows"
measure() { # measure LABEL OPTIONS… with CMD
  local label=$1; shift
  "${pinned[@]}" "$here/harness/measure.py" --label "$label" --port "$port" --server-pid "$worker" --cpu "$cpu" \
    --log "$run/$label.log" "$@" -- "${CMD[@]}" >"$run/row" & child=$!
  wait "$child" || { echo "measuring $label failed" >&2; tail -20 "$run/$label.log" >&2; exit 1; }
  child=
  cat "$run/row" >>"$rows"; cat "$run/row" >&2
  if grep -q '"error"' "$run/row"; then tail -20 "$run/$label.log" >&2; fi
}
# The one who looks stands aside: on the core of the target, where his clock and his server are not in the way.
pinned=(taskset -c "$SERVER_CPU")

for round in $(seq "$REPEATS"); do
  for n in ${ready[@]+"${ready[@]}"}; do
    CMD=() OPTIONS=()
    read_name "$n"; java_of_name
    case $look in
      window | heap)
        # Once, what one user takes: the difference is what the others cost.
        if [ $look = heap ] && [ "$round" = 1 ]; then
          all=$USERS every=$RATE; USERS=1 RATE=1; "gen_$generator"; USERS=$all RATE=$every
          measure "$n" --base --warm 5; OPTIONS=()
        fi
        "gen_$generator"
        [ $look != heap ] || OPTIONS+=(--live-heap)
        measure "$n" --warm "$warm" --dur "$DUR" ${OPTIONS[@]+"${OPTIONS[@]}"} ;;
      waiting)
        if [ "$round" = 1 ]; then
          all=$USERS; USERS=1; "gen_$generator"; USERS=$all
          measure "$n" --base --wait-for "all users wait"
        fi
        "gen_$generator"
        measure "$n" --live-heap --wait-for "all users wait" ;;
      start)
        "gen_$generator"
        measure "$n" --start ;;
    esac
  done
done

# --- the table --------------------------------------------------------------------------------------------------------

echo
case $look in
  start) echo "Mode $mode: from the start of the JVM to the first request at the target, $REPEATS round(s)." ;;
  waiting) echo "Mode $mode: $USERS users in a pause, $REPEATS round(s)." ;;
  *) echo "Mode $mode: $(case $load in
      churn) echo "$RATE new users/s" ;;
      paced) echo "$USERS users, $RATE requests/s" ;;
      *) echo "$USERS users" ;; esac), request $request$([ -z "$http2" ] || echo " by HTTP/2")$([ -z "$secure" ] || echo " over TLS"), $REPEATS round(s) of $DUR s after $warm s warm-up." ;;
esac
echo "Machine: $(nproc) × $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1), Linux $(uname -r), load average $average before the first round."
version() { "$1" -version 2>&1 | sed -n 2p; }
echo "JVM: $(version "$JAVA"), flags: ${JVM_FLAGS:-none}. Target: $target_text."
for n in ${ready[@]+"${ready[@]}"}; do
  read_name "$n"; java_of_name
  [ -z "$jdk" ] || echo "JVM of $n: $(version "$java")."
done
[ "$mode" != cores ] || echo "$cores_text"
echo
status=0
"$here/harness/table.py" "$mode" "$TARGET" "$USERS" "$rows" || status=1
for s in ${skipped[@]+"${skipped[@]}"}; do printf '\n%s\n' "$s"; done
exit $status
