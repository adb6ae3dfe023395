# Part of run.sh: what is asked. start_target sets url, port (of /stat, in clear), server, worker (its process that does
# the work) and target_text.

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

start_target() {
  port=$(free_port); url=http://127.0.0.1:$port worker=0
  if [ $look = start ]; then
    target_text="measure.py itself, a plain socket on core $SERVER_CPU"
    return 0
  fi
  case $TARGET in
    nginx) start_nginx ;;
    scripted) start_scripted ;;
    *) echo "TARGET = $TARGET: nginx or scripted" >&2; exit 2 ;;
  esac
}

start_nginx() {
  command -v nginx >/dev/null || { echo "nginx is not installed (Debian package nginx-light)" >&2; exit 1; }
  # A certificate for the occasion: made now, gone with the run. Every generator is told to trust it blindly.
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1 \
    -addext subjectAltName=IP:127.0.0.1 -keyout "$run/key.pem" -out "$run/certificate.pem" 2>/dev/null ||
    { echo "openssl could not make a certificate (Debian package openssl)" >&2; exit 1; }
  mkdir "$run/www"
  python3 -c 'import json
print(json.dumps({"items": [{"id": i, "name": "item %d" % i, "price": i + 0.99, "tags": ["a", "b", "c"],
    "text": "0123456789" * 5} for i in range(80)]}))' >"$run/www/json"
  local tls; tls=$(free_port)
  # Who should speak HTTP/2 and does not gets no answer, and shows as many connections.
  sed "s#@RUN@#$run#; s#@PORT@#$port#; s#@TLS_PORT@#$tls#; s#@HTTP2@#${http2:+ http2}#
    s#@ONLY@#${http2:+if (\$server_protocol != HTTP/2.0) { return 444; \} }#" "$here/harness/nginx.conf" >"$run/nginx.conf"
  taskset -c "$SERVER_CPU" nginx -p "$run" -e "$run/nginx.err" -c "$run/nginx.conf" & server=$!
  for _ in $(seq 50); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break
    kill -0 "$server" 2>/dev/null || { cat "$run/nginx.err" >&2; exit 1; }
    sleep 0.1
  done
  worker=$(cut -d' ' -f1 "/proc/$server/task/$server/children")
  [ -z "$secure" ] || url=https://127.0.0.1:$tls
  target_text="$(nginx -v 2>&1 | sed 's/.*: //'), one worker on core $SERVER_CPU"
}

start_scripted() { # the testkit's server: one thread, times by script, requests counted by its ledger
  [ "$request$secure" = get ] || { echo "TARGET=scripted knows the plain GET only, not mode $mode" >&2; exit 2; }
  SKIP=; build_onrush || { echo "the scripted target: $SKIP" >&2; exit 1; }
  local classes="$here/../testkit/target/classes"
  taskset -c "$SERVER_CPU" "$JAVA" -Xms256m -Xmx256m -XX:+UseSerialGC \
    -cp "$classes:$(tr ':' '\n' <"$here/target/classpath.txt" | grep jspecify)" \
    dev.onrush.testkit.TruthServer --port "$port" --body 102 --counts /stat $SCRIPT >"$run/server.out" 2>&1 & server=$!
  for _ in $(seq 100); do
    [ ! -s "$run/server.out" ] || break
    kill -0 "$server" 2>/dev/null || { cat "$run/server.out" >&2; exit 1; }
    sleep 0.1
  done
  worker=$server
  target_text="scripted ($SCRIPT), one thread on core $SERVER_CPU"
}
