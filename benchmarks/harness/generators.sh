# Part of run.sh: what is measured.
#
# prepare_NAME gets a generator ready once or says in SKIP why it cannot run, and returns 1.
# gen_NAME sets CMD, and OPTIONS of measure.py, for one run with load, request, USERS and RATE.

peers=$here/target/peers; mkdir -p "$peers"

# A label is the name of a generator and what it is to run with: onrush, onrush-25, onrush-2cores, onrush-logback.
read_name() {
  local part parts
  IFS=- read -r -a parts <<<"$1"
  generator=${parts[0]} jdk= cpu=$GEN_CPU logging=
  declare -F "gen_$generator" >/dev/null || return 1
  for part in "${parts[@]:1}"; do
    case $part in
      2cores) cpu=$(two_cores) ;;
      logback) logging=1 ;;
      *[!0-9]*) return 1 ;;
      *) jdk=$part ;;
    esac
  done
}

java_of_name() { # sets java
  local told=JAVA_$jdk
  java=$JAVA
  [ -n "$jdk" ] || return 0
  java=${!told:-$(ls -d /usr/lib/jvm/*-"$jdk"-*/bin/java 2>/dev/null | head -1)}
  [ -x "$java" ] || { SKIP="no JDK $jdk under /usr/lib/jvm; name its java in JAVA_$jdk"; return 1; }
}

# The second core of a generator is one nobody else uses, if there is one.
two_cores() { if [ "$(nproc)" -ge 3 ]; then echo "$GEN_CPU,2"; else echo "$GEN_CPU,$SERVER_CPU"; fi; }
if [ "$(nproc)" -ge 3 ]; then
  cores_text="Two cores: $(two_cores), the target on $SERVER_CPU."
else
  cores_text="Two cores: this machine has no third, so the second one of the generator is that of the target. At this rate both have time to spare: compare CPU per request and start delay, not what two cores could do."
fi

only_loads() { # only_loads "what it cannot" load…
  local what=$1 l; shift
  for l in "$@"; do [ "$look-$load" != "$l" ] || return 0; done
  SKIP=$what; return 1
}

# What the simulations on the JVM are told. Onrush's own warm-up ends well before the window opens: at that moment other
# branches are taken for the first time and the JIT compiles once more, which is a part of the warm-up, too.
simulation() {
  CMD=("$java" $JVM_FLAGS "-Dbench.url=$url" "-Dbench.load=$load" "-Dbench.request=$request" "-Dbench.users=$USERS"
    "-Dbench.http2=${http2:+true}" "-Dbench.rate=$RATE" "-Dbench.seconds=$seconds" "-Dbench.warmUpSeconds=$((warm * 2 / 3))" "$@")
}

fetch() { # fetch PEER: its jars by Maven, once, then its classes
  local to=$peers/$1
  if [ ! -e "$to/complete" ]; then
    rm -rf "$to/lib"
    $MVN -q -f "$here/peers/$1/pom.xml" dependency:copy-dependencies "-DoutputDirectory=$to/lib" >"$run/$1.build" 2>&1 &&
      touch "$to/complete" || { SKIP="Maven could not fetch it: $(grep -m1 ERROR "$run/$1.build")"; return 1; }
  fi
  rm -rf "$to/classes"
  javac --release 17 -nowarn -cp "$to/lib/*" -d "$to/classes" "$here/peers/$1/"*.java 2>"$run/$1.build" ||
    { SKIP="its simulation does not compile: $(head -1 "$run/$1.build")"; return 1; }
}

# --- wrk --------------------------------------------------------------------------------------------------------------

prepare_wrk() {
  only_loads "wrk knows only the closed loop" window-closed || return 1
  [ "$request" != form ] || { SKIP="wrk knows no feeders"; return 1; }
  [ -z "$http2" ] || { SKIP="wrk does not speak HTTP/2"; return 1; }
  command -v wrk >/dev/null || { SKIP="wrk is not installed (Debian package wrk)"; return 1; }
}
gen_wrk() { CMD=(wrk -t1 "-c$USERS" "-d${seconds}s" "$url$([ "$request" = json ] && echo /json || echo /small)"); }

# --- h2load -----------------------------------------------------------------------------------------------------------

prepare_h2load() {
  only_loads "h2load knows only the closed loop" window-closed || return 1
  [ "$request$http2" = get1 ] || { SKIP="h2load is asked for HTTP/2 and the plain GET only"; return 1; }
  command -v h2load >/dev/null || { SKIP="h2load is not installed (Debian package nghttp2-client)"; return 1; }
}
# One request at a time on each connection, as a user has it.
gen_h2load() { CMD=(h2load -t1 "-c$USERS" -m1 "-D$seconds" "$url/small"); }

# --- Gatling ----------------------------------------------------------------------------------------------------------

prepare_gatling() {
  [ $look != waiting ] || { SKIP="not asked to wait with a million users"; return 1; }
  fetch gatling || return 1
  # Without this its console logger runs at DEBUG.
  echo '<configuration><root level="ERROR"/></configuration>' >"$peers/gatling/classes/logback-test.xml"
}
gen_gatling() { # recording on, no page; it must not reach for the Internet
  local class=gatling.BenchSimulation; [ $look != start ] || class=gatling.QuickStart
  simulation --add-opens=java.base/java.lang=ALL-UNNAMED -Dgatling.data.enableAnalytics=false \
    -cp "$peers/gatling/classes:$peers/gatling/lib/*" \
    io.gatling.app.Gatling -s $class -rf "$run/gatling" -nr
}

# --- Hyperfoil --------------------------------------------------------------------------------------------------------

prepare_hyperfoil() {
  only_loads "Hyperfoil's users share connections: it runs the closed loop and the fixed rate" window-closed window-paced || return 1
  [ "$request" != form ] || { SKIP="its feeders are not compared"; return 1; }
  [ -z "$http2" ] || { SKIP="its HTTP/2 is not compared"; return 1; }
  fetch hyperfoil || return 1
  printf '%s\n' 'status=error' 'rootLogger.level=error' >"$peers/hyperfoil/classes/log4j2.properties"
}
gen_hyperfoil() { simulation -cp "$peers/hyperfoil/classes:$peers/hyperfoil/lib/*" hyperfoil.BenchLoad; }

# --- Onrush -----------------------------------------------------------------------------------------------------------

build_onrush() { # also for the scripted target
  [ -z "${onrush_path:-}" ] || return 0
  if [ -z "${SKIP_BUILD:-}" ]; then
    (cd "$here/.." && $MVN -q -DskipTests package -pl benchmarks,testkit -am) >"$run/onrush.build" 2>&1 ||
      { SKIP="the build failed: $(grep -m1 ERROR "$run/onrush.build")"; return 1; }
  fi
  [ -e "$here/target/classpath.txt" ] || { SKIP="not built: benchmarks/target/classpath.txt is missing"; return 1; }
  onrush_path="$here/target/classes:$(cat "$here/target/classpath.txt")"
}
prepare_onrush() { build_onrush; }
gen_onrush() {
  local path=$onrush_path
  # The first simulation as the README sets it up: nothing but Onrush. A logging library takes its own time to start.
  [ $look != start ] || [ -n "$logging" ] || path=$(tr ':' '\n' <<<"$path" | grep -v logback | paste -sd:)
  simulation -cp "$path"
  case $look in
    start) CMD+=("-Donrush.results=$run/onrush" dev.onrush.benchmarks.QuickStart) ;;
    waiting) CMD+=(dev.onrush.Onrush --simulation dev.onrush.benchmarks.WaitingUsers --results "$run/onrush") ;;
    *)
      CMD+=(dev.onrush.Onrush --simulation dev.onrush.benchmarks.BenchSimulation --results "$run/onrush")
      OPTIONS+=(--summary "$run/onrush") ;;
  esac
}
