#!/usr/bin/env python3
"""table.py MODE FILE: the lines of measure.py as one Markdown table, medians with ratios to wrk and Gatling."""
import json
import statistics
import sys

MODE, FILE = sys.argv[1:3]
rows = {}
with open(FILE) as lines:
    for line in lines:
        row = json.loads(line)
        rows.setdefault(row['label'], []).append(row)
good = {label: [r for r in runs if 'error' not in r] for label, runs in rows.items()}


def values(label, key):
    return [r[key] for r in good.get(label, []) if r.get(key) is not None]


def median(label, key):
    found = values(label, key)
    return statistics.median(found) if found else None


def shown(value, form):
    return '–' if value is None else form % value


def span(label, key):
    found = values(label, key)
    return '%g–%g' % (min(found), max(found)) if len(found) > 1 else '–'


def ratio(label, key, base):
    ours, theirs = median(label, key), median(base, key)
    return None if ours is None or not theirs else ours / theirs


columns = [
    ('generator', lambda l: l),
    ('runs', lambda l: str(len(good[l]))),
    ('requests/s', lambda l: shown(median(l, 'rps'), '%d')),
    ('min–max', lambda l: span(l, 'rps')),
    ('CPU µs/request', lambda l: shown(median(l, 'us_req'), '%.1f')),
    ('min–max', lambda l: span(l, 'us_req')),
    ('CPU ÷ wrk', lambda l: shown(ratio(l, 'us_req', 'wrk'), '%.2f')),
    ('CPU ÷ Gatling', lambda l: shown(ratio(l, 'us_req', 'gatling'), '%.2f')),
    ('peak RSS MiB', lambda l: shown(median(l, 'rss_mb'), '%d')),
    ('generator core %', lambda l: shown(median(l, 'gen_pct'), '%d')),
    ('server core %', lambda l: shown(median(l, 'srv_pct'), '%d')),
    ('connections/request', lambda l: shown(median(l, 'conn_req'), '%.3g')),
]
if MODE == 'users':
    columns.append(('live heap MiB', lambda l: shown(median(l, 'live_heap_mb'), '%.0f')))
if MODE == 'rate':
    columns.append(('start delay p50 ms', lambda l: shown(median(l, 'delay_p50_ms'), '%.2f')))
    columns.append(('p99 ms', lambda l: shown(median(l, 'delay_p99_ms'), '%.2f')))

print('| ' + ' | '.join(name for name, _ in columns) + ' |')
print('|---|' + '--:|' * (len(columns) - 1))
for label in sorted((l for l in good if good[l]), key=lambda l: median(l, 'us_req')):
    print('| ' + ' | '.join(cell(label) for _, cell in columns) + ' |')


def goal(text, value, limit, form):
    if value is not None:
        print('\nGoal: %s. Measured %s: %s.' % (text, form % value, 'reached' if value <= limit else 'NOT reached'))


if MODE == 'closed':
    goal('CPU per request ≤ 0.8 × Gatling', ratio('onrush', 'us_req', 'gatling'), 0.8, '%.2f')
if MODE == 'rate':
    goal('start delay p99 ≤ 3 ms', median('onrush', 'delay_p99_ms'), 3, '%.2f ms')
for label, runs in rows.items():
    for r in runs:
        for key in ('error', 'note'):
            if key in r:
                print('\n%s: %s' % (label, r[key]))
sys.exit(any('error' in r for runs in rows.values() for r in runs))
