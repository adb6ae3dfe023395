#!/usr/bin/env python3
"""Starts one generator on one core and measures it from outside, in the same way for every generator.

Requests are counted by the server (nginx stub_status), CPU time and memory by the kernel (/proc, the generator's
whole process tree). The window opens --warm seconds after the server saw the first requests and stays open for --dur
seconds. Prints one line of JSON; what went wrong is its "error". The generator is ended, with everything it started,
before this program ends.
"""
import argparse
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request

TICKS = os.sysconf('SC_CLK_TCK')


def arguments():
    ap = argparse.ArgumentParser()
    ap.add_argument('--label', required=True)
    ap.add_argument('--port', type=int, required=True)
    ap.add_argument('--server-pid', type=int, required=True, help='nginx master; its first child does the work')
    ap.add_argument('--cpu', default='0', help='cores of the generator, as taskset -c takes them')
    ap.add_argument('--warm', type=float, default=10)
    ap.add_argument('--dur', type=float, default=20)
    ap.add_argument('--first-request', type=float, default=60, help='seconds to wait for traffic')
    ap.add_argument('--log', required=True, help='where the output of the generator goes')
    ap.add_argument('--live-heap', action='store_true', help='old generation after a full collection, by jcmd')
    ap.add_argument('--summary', help='results folder of Onrush: let it end by itself, then read its summary.json')
    ap.add_argument('command', nargs='+')
    return ap.parse_args()


def served(port):
    """Connections accepted and requests answered so far. Asking counts as one of each."""
    with urllib.request.urlopen('http://127.0.0.1:%d/stat' % port, timeout=30) as answer:
        counts = re.search(r'\n\s*(\d+)\s+(\d+)\s+(\d+)', answer.read().decode())
    return int(counts.group(1)), int(counts.group(3))


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


def worker(master):
    with open('/proc/%d/task/%d/children' % (master, master)) as f:
        return int(f.read().split()[0])


def busy(pid):
    f = stat(pid)
    return (int(f[11]) + int(f[12])) / TICKS


def live_heap(pid):
    subprocess.run(['jcmd', str(pid), 'GC.run'], capture_output=True, timeout=60)
    text = subprocess.run(['jcmd', str(pid), 'GC.heap_info'], capture_output=True, text=True, timeout=60).stdout
    old = re.search(r'ParOldGen\s+total \d+K, used (\d+)K', text)
    return round(int(old.group(1)) / 1024, 1) if old else None


def start_delay(results):
    with open(os.path.join(results, 'latest.txt')) as f:
        newest = f.read().strip()
    with open(os.path.join(results, newest, 'summary.json')) as f:
        delay = json.load(f)['total']['startDelay']
    return {'delay_p50_ms': delay['p50'], 'delay_p99_ms': delay['p99']}


def end(generator):
    for sig in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(generator.pid, sig)
            generator.wait(10)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


def measure(a, generator, before):
    began, asked = time.monotonic(), 0
    while True:
        time.sleep(0.2)
        if generator.poll() is not None:
            return {'error': 'the generator ended before any traffic, exit code %d' % generator.returncode}
        if time.monotonic() - began > a.first_request:
            return {'error': 'no traffic within %g s' % a.first_request}
        asked += 1
        if served(a.port)[1] - before - asked > 20:
            break
    startup = time.monotonic() - began
    time.sleep(a.warm)

    server = worker(a.server_pid)
    accepted0, requests0 = served(a.port)
    user0, system0, _ = tree(generator.pid)
    server0, t0 = busy(server), time.monotonic()
    time.sleep(a.dur)
    alive = generator.poll() is None
    user1, system1, peak = tree(generator.pid)
    server1, t1 = busy(server), time.monotonic()
    accepted1, requests1 = served(a.port)
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
        'requests': requests,
        'startup_s': round(startup, 1),
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


def main():
    a = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    before = served(a.port)[1]
    with open(a.log, 'wb') as log:
        # A session of its own: what belongs to the generator is known by it, and ends with it.
        generator = subprocess.Popen(['taskset', '-c', a.cpu] + a.command, stdout=log, stderr=log,
                                     stdin=subprocess.DEVNULL, start_new_session=True)
        try:
            row = measure(a, generator, before)
        finally:
            end(generator)
    print(json.dumps({'label': a.label, **row}), flush=True)


main()
