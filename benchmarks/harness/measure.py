#!/usr/bin/env python3
"""Starts one generator on its cores and measures it from outside, in the same way for every generator.

Requests are counted by the target (/stat, in the form of nginx stub_status), CPU time and memory by the kernel (/proc,
the generator's whole process tree). The window opens --warm seconds after the target saw the first requests and stays
open for --dur seconds. Three other ways to look: --base (live heap after the warm-up, no window), --wait-for (live heap
as soon as the generator has printed a text) and --start (time to the first request, at a socket of this program).
Prints one line of JSON; what went wrong is its "error". The generator is ended, with everything it started, before
this program ends.
"""
import argparse
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request

TICKS = os.sysconf('SC_CLK_TCK')


def arguments():
    ap = argparse.ArgumentParser()
    ap.add_argument('--label', required=True)
    ap.add_argument('--port', type=int, required=True)
    ap.add_argument('--server-pid', type=int, required=True, help='the process of the target that does the work')
    ap.add_argument('--cpu', default='0', help='cores of the generator, as taskset -c takes them')
    ap.add_argument('--warm', type=float, default=10)
    ap.add_argument('--dur', type=float, default=10)
    ap.add_argument('--first-request', type=float, default=60, help='seconds to wait for traffic, or for the text')
    ap.add_argument('--log', required=True, help='where the output of the generator goes')
    ap.add_argument('--live-heap', action='store_true', help='what lives after a full collection, by jcmd')
    ap.add_argument('--base', action='store_true', help='only the live heap, after the warm-up: the base of a difference')
    ap.add_argument('--wait-for', help='no window: the live heap once this text is in the output')
    ap.add_argument('--start', action='store_true', help='no window: the time to the first request')
    ap.add_argument('--summary', help='results folder of Onrush: let it end by itself, then read its summary.json')
    ap.add_argument('command', nargs='+')
    return ap.parse_args()


def served(port):
    """Connections open now, connections accepted and requests answered so far. Asking counts as one of each."""
    with urllib.request.urlopen('http://127.0.0.1:%d/stat' % port, timeout=30) as answer:
        text = answer.read().decode()
    counts = re.search(r'\n\s*(\d+)\s+(\d+)\s+(\d+)', text)
    return int(re.search(r'Active connections:\s*(\d+)', text).group(1)) - 1, int(counts.group(1)), int(counts.group(3))


def stat(pid):
    """The fields of /proc/PID/stat behind the command name: 3 is the session, 11–14 are CPU ticks."""
    with open('/proc/%d/stat' % pid) as f:
        text = f.read()
    return text[text.rindex(')') + 2:].split()


def tree(session):
    """User and system CPU seconds (ended children included) and MiB of peak memory of all processes of a session."""
    user = system = peak = 0
    for name in os.listdir('/proc'):
        if not name.isdigit():
            continue
        try:
            f = stat(int(name))
            if int(f[3]) != session:
                continue
            user += int(f[11]) + int(f[13])
            system += int(f[12]) + int(f[14])
            with open('/proc/%s/status' % name) as status:
                peak += int(re.search(r'VmHWM:\s+(\d+)', status.read()).group(1))
        except (OSError, AttributeError):
            pass  # it ended while being looked at
    return user / TICKS, system / TICKS, peak / 1024


def busy(pid):
    f = stat(pid)
    return (int(f[11]) + int(f[12])) / TICKS


def live_heap(pid):
    """MiB of all objects that a full collection left. The histogram tells them for every collector alike."""
    text = subprocess.run(['jcmd', str(pid), 'GC.class_histogram'], capture_output=True, text=True, timeout=120).stdout
    total = re.search(r'^Total\s+\d+\s+(\d+)', text, re.MULTILINE)
    return round(int(total.group(1)) / 1048576, 2) if total else None


def start_delay(results):
    with open(os.path.join(results, 'latest.txt')) as f:
        newest = f.read().strip()
    with open(os.path.join(results, newest, 'summary.json')) as f:
        delay = json.load(f)['total']['startDelay']
    return {'delay_p50_ms': delay['p50'], 'delay_p99_ms': delay['p99']}


def end(generator, signals=(signal.SIGTERM, signal.SIGKILL)):
    for sig in signals:
        try:
            os.killpg(generator.pid, sig)
            generator.wait(10)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


def until(a, generator, seen, what):
    """Waits until it is seen, and returns the error if it is not."""
    began = time.monotonic()
    while not seen():
        if generator.poll() is not None:
            return {'error': 'the generator ended before any %s, exit code %d' % (what, generator.returncode)}
        if time.monotonic() - began > a.first_request:
            return {'error': 'no %s within %g s' % (what, a.first_request)}
        time.sleep(0.2)
    return None


def traffic(port, before):
    """Whether requests came; each look is a request itself."""
    asked = 0

    def seen():
        nonlocal asked
        asked += 1
        return served(port)[2] - before - asked > 0

    return seen


def printed(log, text):
    def seen():
        with open(log, errors='replace') as f:
            return text in f.read()

    return seen


def window(a, generator, before):
    wrong = until(a, generator, traffic(a.port, before), 'traffic')
    if wrong:
        return wrong
    time.sleep(a.warm)
    if a.base:
        return {'base': True, 'live_heap_mb': live_heap(generator.pid)}

    _, accepted0, requests0 = served(a.port)
    user0, system0, _ = tree(generator.pid)
    server0, t0 = busy(a.server_pid), time.monotonic()
    time.sleep(a.dur)
    alive = generator.poll() is None
    user1, system1, peak = tree(generator.pid)
    server1, t1 = busy(a.server_pid), time.monotonic()
    connected, accepted1, requests1 = served(a.port)
    if not alive:
        return {'error': 'the generator ended inside the window, exit code %d' % generator.returncode}

    seconds, cpu = t1 - t0, user1 + system1 - user0 - system0
    requests, accepted = requests1 - requests0 - 1, accepted1 - accepted0 - 1
    if requests <= 0:
        return {'error': 'no request inside the window'}
    row = {
        'rps': round(requests / seconds),
        'us_req': round(cpu / requests * 1e6, 2),
        'rss_mb': round(peak, 1),
        'gen_pct': round(100 * cpu / seconds),
        'srv_pct': round(100 * (server1 - server0) / seconds),
        'conn_req': round(accepted / requests, 4),
        'connected': connected,
        'requests': requests,
    }
    if a.live_heap:
        row['live_heap_mb'] = live_heap(generator.pid)
    if a.summary:
        try:
            generator.wait(120)
            row.update(start_delay(a.summary))
        except (OSError, KeyError, ValueError, subprocess.TimeoutExpired) as e:
            row['note'] = 'start delay not read: %r' % e
    return row


def waiting(a, generator):
    wrong = until(a, generator, printed(a.log, a.wait_for), '"%s"' % a.wait_for)
    if wrong:
        return wrong
    row = {'live_heap_mb': live_heap(generator.pid), 'rss_mb': round(tree(generator.pid)[2], 1)}
    return {'base': True, **row} if a.base else row


def first_request(a, listener, launch):
    """Seconds from the start of the process until the head of a request is complete here."""
    listener.settimeout(a.first_request)
    began = time.monotonic()
    generator = launch()
    try:
        connection, _ = listener.accept()
        connection.settimeout(a.first_request)
        head = b''
        while b'\r\n\r\n' not in head:
            more = connection.recv(65536)
            if not more:
                return {'error': 'the first connection ended without a request'}
            head += more
        took = time.monotonic() - began
        user, system, _ = tree(generator.pid)
        return {'first_request_s': round(took, 3), 'cpu_s': round(user + system, 2)}
    except socket.timeout:
        return {'error': 'no request within %g s' % a.first_request}
    finally:
        end(generator, [signal.SIGKILL])  # nobody wants its report


def main():
    a = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with open(a.log, 'wb') as log:

        def launch():
            # A session of its own: what belongs to the generator is known by it, and ends with it.
            return subprocess.Popen(['taskset', '-c', a.cpu] + a.command, stdout=log, stderr=log,
                                    stdin=subprocess.DEVNULL, start_new_session=True)

        if a.start:
            with socket.create_server(('127.0.0.1', a.port)) as listener:
                row = first_request(a, listener, launch)
        else:
            before = served(a.port)[2]
            generator = launch()
            try:
                row = waiting(a, generator) if a.wait_for else window(a, generator, before)
            finally:
                end(generator)
    print(json.dumps({'label': a.label, **row}), flush=True)


main()
