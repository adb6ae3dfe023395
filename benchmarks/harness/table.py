#!/usr/bin/env python3
"""table.py MODE TARGET USERS FILE: the lines of measure.py as one Markdown table of medians, then the goals of the mode."""
import json
import statistics
import sys

MODE, TARGET, USERS, FILE = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
rows, bases = {}, {}
with open(FILE) as lines:
    for line in lines:
        row = json.loads(line)
        if row.get('base'):
            bases[row['label']] = row
        else:
            rows.setdefault(row['label'], []).append(row)
good = {label: [r for r in runs if 'error' not in r] for label, runs in rows.items()}


def values(label, key):
    return [r[key] for r in good.get(label, []) if r.get(key) is not None]


def median(label, key):
    found = values(label, key)
    return statistics.median(found) if found else None


def shown(value, form):
    return '–' if value is None else form % value


def span(label, key, form='%g'):
    found = values(label, key)
    return (form + '–' + form) % (min(found), max(found)) if len(found) > 1 else '–'


def ratio(label, key, base):
    ours, theirs = median(label, key), median(base, key)
    return None if ours is None or not theirs else ours / theirs


def heap_per_user(label):
    """Bytes: what all users but the first added to the live heap. The users are those who were connected."""
    heap, one = median(label, 'live_heap_mb'), bases.get(label, {}).get('live_heap_mb')
    users = USERS if MODE == 'pause' else median(label, 'connected')
    return None if heap is None or one is None or not users or users < 2 else (heap - one) * 1048576 / (users - 1)


def kib(label):
    value = heap_per_user(label)
    return None if value is None else value / 1024


per = 'user' if MODE == 'churn' else 'request'
cost = [
    ('requests/s', lambda l: shown(median(l, 'rps'), '%d')),
    ('min–max', lambda l: span(l, 'rps')),
    ('CPU µs/' + per, lambda l: shown(median(l, 'us_req'), '%.1f')),
    ('min–max', lambda l: span(l, 'us_req', '%.1f')),
    ('÷ wrk', lambda l: shown(ratio(l, 'us_req', 'wrk'), '%.2f')),
    ('÷ h2load', lambda l: shown(ratio(l, 'us_req', 'h2load'), '%.2f')),
    ('÷ Gatling', lambda l: shown(ratio(l, 'us_req', 'gatling'), '%.2f')),
    ('÷ Hyperfoil', lambda l: shown(ratio(l, 'us_req', 'hyperfoil'), '%.2f')),
    ('peak RSS MiB', lambda l: shown(median(l, 'rss_mb'), '%d')),
    ('generator cores %', lambda l: shown(median(l, 'gen_pct'), '%d')),
    ('target core %', lambda l: shown(median(l, 'srv_pct'), '%d')),
    ('connections/request', lambda l: shown(median(l, 'conn_req'), '%.3g')),
]
heap = [
    ('live heap MiB', lambda l: shown(median(l, 'live_heap_mb'), '%.1f')),
    ('with one user', lambda l: shown(bases.get(l, {}).get('live_heap_mb'), '%.1f')),
    ('heap per user', lambda l: shown(heap_per_user(l), '%.0f B') if MODE == 'pause' else shown(kib(l), '%.2f KiB')),
]
delay = [
    ('start delay p50 ms', lambda l: shown(median(l, 'delay_p50_ms'), '%.2f')),
    ('p99 ms', lambda l: shown(median(l, 'delay_p99_ms'), '%.2f')),
    ('min–max', lambda l: span(l, 'delay_p99_ms', '%.2f')),
]
start = [
    ('first request s', lambda l: shown(median(l, 'first_request_s'), '%.2f')),
    ('min–max', lambda l: span(l, 'first_request_s', '%.2f')),
    ('CPU s until then', lambda l: shown(median(l, 'cpu_s'), '%.2f')),
]
kind = {
    'start': start,
    'pause': heap + [('peak RSS MiB', lambda l: shown(median(l, 'rss_mb'), '%d'))],
    'users': cost + [('connected', lambda l: shown(median(l, 'connected'), '%d'))] + heap,
    'users-tls': cost + [('connected', lambda l: shown(median(l, 'connected'), '%d'))] + heap,
    'rate': cost + delay,
    'cores': cost + delay,
}.get(MODE, cost)
labels = [l for l in good if good[l]]
# A column nobody fills says nothing.
columns = [(name, cell) for name, cell in kind if any(cell(l) != '–' for l in labels)]

print('| generator | runs | ' + ' | '.join(name for name, _ in columns) + ' |')
print('|---|--:|' + '--:|' * len(columns))
order = {'start': 'first_request_s', 'pause': 'live_heap_mb'}.get(MODE, 'us_req')
for label in sorted(labels, key=lambda l: median(l, order)):
    print('| %s | %d | ' % (label, len(good[label])) + ' | '.join(cell(label) for _, cell in columns) + ' |')
print()


def goal(text, value, limit, form):
    if value is None:
        print('Goal: %s. Not measured.' % text)
    else:
        print('Goal: %s. Measured %s: %s.' % (text, form % value, 'reached, yes' if value <= limit else 'reached, NO'))


if TARGET != 'nginx':
    print('The goals hold for the target nginx.')
elif MODE == 'closed':
    goal('CPU per request ≤ 0.70 × Gatling', ratio('onrush', 'us_req', 'gatling'), 0.70, '%.2f')
    goal('CPU per request ≤ 1.7 × wrk', ratio('onrush', 'us_req', 'wrk'), 1.7, '%.2f')
elif MODE == 'rate':
    goal('CPU per request ≤ 0.75 × Gatling', ratio('onrush', 'us_req', 'gatling'), 0.75, '%.2f')
    goal('start delay p50 ≤ 0.7 ms', median('onrush', 'delay_p50_ms'), 0.7, '%.2f ms')
    goal('start delay p99 ≤ 3 ms', median('onrush', 'delay_p99_ms'), 3, '%.2f ms')
elif MODE == 'churn':
    goal('CPU per user ≤ 1.1 × Gatling', ratio('onrush', 'us_req', 'gatling'), 1.1, '%.2f')
elif MODE == 'users':
    goal('live heap per connected user ≤ 11 KiB', kib('onrush'), 11, '%.2f KiB')
elif MODE == 'pause':
    goal('live heap ≤ 1024 MiB', median('onrush', 'live_heap_mb'), 1024, '%.0f MiB')
    goal('live heap per waiting user ≤ 600 B', heap_per_user('onrush'), 600, '%.0f B')
elif MODE == 'start':
    goal('first request ≤ 1.5 s after the start of the JVM', median('onrush', 'first_request_s'), 1.5, '%.2f s')
else:
    print('Mode %s has no goal: it is measured and written down.' % MODE)

for label in labels:
    connected = median(label, 'connected')
    if MODE.startswith('users') and connected is not None and connected < USERS:
        print('\n%s: only %d of %d users were connected at the end of the window.' % (label, connected, USERS))
for label, runs in rows.items():
    for r in runs + [bases.get(label, {})]:
        for key in ('error', 'note'):
            if key in r:
                print('\n%s: %s' % (label, r[key]))
sys.exit(any('error' in r for runs in rows.values() for r in runs) or any('error' in r for r in bases.values()))
