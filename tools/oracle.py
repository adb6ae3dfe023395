#!/usr/bin/env python3
"""A second opinion on a run: reads events.onrush as docs/event-log.md describes it and computes the figures of summary.json
again, percentiles as exact nearest rank. Shares no code with Onrush.

  oracle.py events.onrush                 prints the figures as JSON
  oracle.py events.onrush summary.json    compares: percentiles may be 0.1 % high, means are rounded to a
                                          microsecond, a compensated series is an estimate and may be 1 % off,
                                          all else must be equal; exit 1 if not. The tables requests.csv, errors.csv and
                                          timeline.csv (percentiles 1 % high) are compared as well if they lie beside it
  oracle.py events.onrush summary.json ledger.csv
                                          compares besides with what arrived at the target (TruthServer --ledger):
                                          counts, arrivals and answers over time and, where a request's id is the
                                          number of its user, request by request
  oracle.py FIRST/events.onrush SECOND/events.onrush … [summary.json]
                                          the logs of several generators, together
  oracle.py --window FROM TO events.onrush … [summary.json]
                                          what ended from FROM on and before TO, in seconds since the (first) run began
"""
import csv, datetime, json, math, os, struct, sys
from collections import Counter, defaultdict

TABLE = []
for n in range(256):
    for _ in range(8):
        n = (n >> 1) ^ (0x82F63B78 if n & 1 else 0)
    TABLE.append(n)


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = TABLE[(crc ^ byte) & 0xFF] ^ (crc >> 8)
    return crc ^ 0xFFFFFFFF


class Cursor:
    def __init__(self, data):
        self.data, self.at = data, 0

    def byte(self):
        self.at += 1
        return self.data[self.at - 1]

    def num(self):
        value = shift = 0
        while True:
            part = self.byte()
            value |= (part & 0x7F) << shift
            shift += 7
            if part < 0x80:
                return value

    def signed(self):
        n = self.num()
        return (n >> 1) ^ -(n & 1)

    def text(self):
        length = self.num()
        self.at += length
        return self.data[self.at - length:self.at].decode("utf-8")


def blocks(data):
    """The head's texts, then every sound block once: (base instant, records, payload)."""
    at, head = 0, None
    while head is None:
        at = data.index(b"\x89ONRUSH\r\n\x1a\n\0", at)
        length = struct.unpack(">I", data[at + 32:at + 36])[0]
        end = at + 36 + length
        if data[end:end + 4] == struct.pack(">I", crc32c(data[at:end])):
            head, mark = Cursor(data[at + 36:end]), data[at + 16:at + 32]
            yield {key: text for key, text in [(head.text(), head.text()) for _ in range(head.num())]}
            begin, after = at, end + 4
        at += 1
    if data[after:after + 12] == data[begin:begin + 12]:
        after += after - begin
    damaged, seen = 0, set()
    at = after if data[after:after + 16] == mark or after >= len(data) else data.find(mark, after)
    while 0 <= at < len(data):
        length, count, first, base, crc = struct.unpack(">IIQqI", data[at + 16:at + 44].ljust(28, b"\0"))
        payload = data[at + 44:at + 44 + length]
        if len(payload) == length and length and crc == crc32c(data[at:at + 40] + payload) and first not in seen:
            seen.add(first)
            yield base, count, payload
            at += 44 + length
            if at < len(data) and data[at:at + 16] != mark:
                damaged, at = damaged + 1, data.find(mark, at)
        else:
            after = data.find(mark, at + 1)
            # A file that ends within a block was cut short; no block of it is damaged.
            torn = after < 0 and length <= 1 << 20 and at + 44 + length > len(data)
            damaged, at = damaged + (not torn), after
    yield damaged


class Figures:
    def __init__(self):
        self.ok = self.ko = self.unfinished = self.sent = self.received = 0
        self.not_sent, self.status = Counter(), Counter()
        self.times = defaultdict(list)
        self.errors = defaultdict(list)
        self.compensated = []  # (response times, expected interval) of each closed scenario

    def stats(self, seconds):
        response = self.times["ok"] + self.times["ko"]
        errors = [{"class": c, "message": m, "count": len(at), "first": min(at) / 1000, "last": max(at) / 1000}
                  for (c, m), at in self.errors.items()]
        return {"count": {"total": self.ok + self.ko, "ok": self.ok, "ko": self.ko}, "unfinished": self.unfinished,
                "notSent": dict(self.not_sent), "throughput": (self.ok + self.ko) / seconds if seconds > 0 else 0.0,
                "responseTime": times(response), "serviceTime": times(self.times["service"]),
                "startDelay": times(self.times["delay"]), "okResponseTime": times(self.times["ok"]),
                "koResponseTime": times(self.times["ko"]), "compensated": compensated(self.compensated), "statusCodes": {str(k): v for k, v in self.status.items()},
                "bytesReceived": self.received, "bytesSent": self.sent,
                "errors": sorted(errors, key=lambda e: (-e["count"], e["class"], e["message"]))}


def times(values):
    """Times of summary.json in milliseconds, from microseconds."""
    n, values = len(values), sorted(values)
    if n == 0:
        return None
    mean = sum(values) / n
    spread = n * sum(v * v for v in values) - sum(values) ** 2
    out = {"min": values[0] / 1000, "mean": mean / 1000, "stdDev": math.sqrt(spread) / n / 1000}
    for key, tenths in (("p50", 500), ("p75", 750), ("p90", 900), ("p95", 950), ("p99", 990), ("p99_9", 999)):
        out[key] = values[max(1, -(-tenths * n // 1000)) - 1] / 1000
    return dict(out, max=values[-1] / 1000)


def nearest(values, tenths):
    return sorted(values)[max(1, -(-tenths * len(values) // 1000)) - 1]


def compensated(series):
    """Each time, and beside those of more than two intervals the ones that were never asked for, one interval apart."""
    values, added = [], 0
    for recorded, interval in series:
        for value in recorded:
            missing = [value - k * interval for k in range(1, int(value // interval))]
            added += len(missing)
            values += [value] + missing
    if not values:
        return None
    intervals = {interval for _, interval in series}
    return {"count": len(values), "added": added, "expectedInterval": intervals.pop() / 1000 if len(intervals) == 1 else None,
            "responseTime": times(values)}


class Closed:
    """A closed scenario: how often its users would have asked, had every answer taken the median of its name."""
    def __init__(self):
        self.present = self.open = self.waited = 0
        self.paced = False
        self.asked, self.measured = Counter(), defaultdict(list)

    def compensate(self, end, requests, total):
        usual = max(0, self.present + self.open * end - self.waited)
        usual += sum(count * (nearest(self.measured[key], 500) if self.measured[key] else 0)
                     for key, count in self.asked.items())
        for key, values in self.measured.items():
            if values and not self.paced:
                part = (values, max(1, math.floor(usual / self.asked[key] + 0.5)))
                requests[key].compensated.append(part)
                total.compensated.append(part)


class Seen:
    """What happened when, for a table by steps of time. Instants in microseconds."""
    def __init__(self):
        self.due, self.starts, self.ends, self.requests, self.health = [], [], [], [], []
        self.end = self.present = 0
        self.failures = Counter()


class Sums:
    """What one log adds to, or several."""
    def __init__(self):
        self.seen, self.total = Seen(), Figures()
        self.requests, self.groups, self.closed = defaultdict(Figures), defaultdict(Figures), defaultdict(Closed)
        self.users = Counter()
        self.lost = self.folded = self.attempts = self.failures = self.damaged = self.warm_end = self.last = 0
        self.ends, self.run_end, self.logs = [], 0, 0

    def figures(self):
        end = max(self.ends) if self.ends else self.last
        seconds = max(0, end - self.warm_end) / 1e6
        self.seen.end, self.seen.present = end, self.users["present"]
        for scenario in sorted(self.closed):
            self.closed[scenario].compensate(end, self.requests, self.total)
        users = self.users
        return {"run": {"durationSeconds": end / 1e6},
                "users": {"scheduled": users["started"] + users["dropped"], "started": users["started"],
                          "dropped": users["dropped"], "finished": users["finished"],
                          "unfinished": users["present"] + users["started"] - users["finished"]},
                "total": self.total.stats(seconds),
                "requests": [dict({"name": name, "group": list(group)}, **f.stats(seconds))
                             for (group, name), f in self.requests.items()],
                "groups": [{"name": name, "group": list(group), "count": {"total": g.ok + g.ko, "ok": g.ok, "ko": g.ko},
                            "duration": times(g.times["duration"]), "cumulated": times(g.times["cumulated"])}
                           for (group, name), g in self.groups.items()],
                "generator": {"startDelay": times(self.total.times["delay"]), "logRecordsLost": self.lost,
                              "damagedBlocks": self.damaged, "namesFolded": self.folded, "staleRetries": self.attempts,
                              "stepFailures": self.failures}}


def nanos(instant):
    """An instant in ISO-8601, UTC, as nanoseconds."""
    seconds, _, fraction = instant.rstrip("Z").partition(".")
    whole = datetime.datetime.fromisoformat(seconds + ("" if seconds.count(":") == 2 else ":00"))
    return int(whole.replace(tzinfo=datetime.timezone.utc).timestamp()) * 10**9 + int(fraction.ljust(9, "0"))


def compute(logs, window=None, kept=None, seen=None):
    """The figures of summary.json, of one log or of several together; every request and the head's texts go into kept as well,
    if it is given, and what a table by time needs into seen. A window is in microseconds."""
    begin, until = window or (0, math.inf)
    heads = [next(blocks(data)) for data in logs]
    first = min(nanos(head["start"]) for head in heads) if len(logs) > 1 else 0
    offsets = [(nanos(head["start"]) - first) // 1000 if len(logs) > 1 else 0 for head in heads]
    models = {key: text for head in reversed(heads) for key, text in head.items() if key.startswith("model.")}
    together, generators = Sums(), []
    if seen is not None:
        together.seen = seen
    for data, head, offset in zip(logs, heads, offsets):
        add(data, offset - begin, until - begin, models, together, kept)
        if len(logs) > 1:
            alone = Sums()
            add(data, offset - begin, until - begin, models, alone)
            told = alone.figures()
            generators.append({"segment": head.get("segment"), "start": head["start"], "requests": told["total"]["count"]["total"],
                               "startDelay": told["generator"]["startDelay"], "logRecordsLost": alone.lost})
    if kept is not None:
        kept.append(heads[0])
    computed, run = together.figures(), heads[0]
    if generators:
        # In the order of their segments.
        generators.sort(key=lambda one: (int((one["segment"] or "0/1").split("/")[0]), nanos(one["start"])))
        for one in generators:
            del one["start"]
    computed["run"].update({"simulation": run.get("simulation", ""), "description": run.get("description", ""),
                            "seed": int(run.get("seed", 0)), "version": run.get("version", "")})
    computed["generators"] = generators or None
    run_end = together.run_end + begin
    computed["window"] = None if window is None else {
        "from": begin / 1000, "to": min(until, run_end) / 1000, "runDuration": run_end / 1000,
        "usersPresent": together.users["present"]}
    return computed


def add(data, shift, length, models, sums, kept=None):
    """Adds what a log tells of the window of that length. Its instants and the shift make those since the window began."""
    seen, users, closed, requests, groups, total = sums.seen, sums.users, sums.closed, sums.requests, sums.groups, sums.total
    log, sums.logs = sums.logs, sums.logs + 1
    source, names, present = blocks(data), {}, Counter()
    next(source)
    lost, last, end = 0, -math.inf, None

    def path(group):
        return path(names[0, group][0]) + (names[0, group][1],) if group else ()

    for block in source:
        if isinstance(block, int):
            sums.damaged += block
            break
        now, _, payload = block
        now += shift
        c = Cursor(payload)
        scenario = c.num()
        for _ in range(c.num()):
            kind, number = c.byte(), c.num()
            names[kind, number] = (c.num(), c.text(), c.text())
        while c.at < len(payload):
            head = c.byte()
            if head & 0x80:
                more = c.num() if head & 0x10 else 0
                scenario = c.num() if head & 0x40 else scenario
                user = c.num()
                request = c.num()
                now += c.signed()
                response, sent, received = c.signed(), c.num(), c.num()
                delay = c.signed() if not more & 1 else 0
                if head & 0x20 and not more & 1:
                    c.signed()
                status = c.signed() if head & 4 else 200
                error = names[3, c.num()] if head & 8 else (0, "", "")
                extra = {bit: c.signed() for bit in range(4, more.bit_length()) if more >> bit & 1}
                last = max(last, now)
                if not 0 <= now < length:
                    continue
                outcome, key = head & 3, (path(names[1, request][0]), names[1, request][1])
                if kept is not None:
                    kept.append({"user": user, "end": now, "service": response - delay - extra.get(4, 0) - extra.get(6, 0),
                                 "timed": not more & 1, "outcome": outcome, "status": status, "sent": sent,
                                 "received": received, "error": error[1]})
                if outcome < 2 and not more & 12:
                    seen.requests.append((now, outcome, None if more & 1 else (
                        response, response - delay - extra.get(4, 0) - extra.get(6, 0), delay), sent, received, error[1]))
                if models.get("model." + names[2, scenario][1]) == "closed" and outcome < 3 and not more & 12:
                    c2 = closed[names[2, scenario][1]]
                    c2.waited, c2.paced = c2.waited + response, c2.paced or extra.get(4, 0) > 0
                    if outcome < 2:
                        c2.asked[key] += 1
                        if not more & 3:
                            c2.measured[key].append(response)
                for f in [] if more & 14 else [requests[key], total]:
                    if outcome == 2:
                        f.unfinished += 1
                    elif outcome == 3:
                        f.not_sent[error[1]] += 1
                    else:
                        f.ok, f.ko = f.ok + (outcome == 0), f.ko + (outcome == 1)
                        f.sent, f.received = f.sent + sent, f.received + received
                        if status:
                            f.status[status] += 1
                        if outcome:
                            f.errors[error[1], error[2]].append(now)
                        if not more & 1:
                            f.times["ko" if outcome else "ok"].append(response)
                            f.times["delay"].append(delay)
                            f.times["service"].append(response - delay - extra.get(4, 0) - extra.get(6, 0))
                if more & 4 and not more & 8:
                    sums.attempts, _ = sums.attempts + 1, requests[key]
            else:
                behind = c.num() + c.at
                now += c.signed() if 1 <= head <= 9 or head == 11 else 0
                last = max(last, now)
                inside = 0 <= now < length
                if head == 1 and now < length:
                    c.num()
                    who = names[2, c.num()][1]
                    if inside:
                        users["started"] += 1
                        seen.starts.append(now)
                        seen.due.append((now - c.signed(), 1))
                        closed[who].present, closed[who].open = closed[who].present - now, closed[who].open + 1
                    else:
                        present[who] += 1
                elif head == 2 and now < length:
                    c.num()
                    who = names[2, c.num()][1]
                    if inside:
                        seen.ends.append(now)
                        closed[who].present, closed[who].open = closed[who].present + now, closed[who].open - 1
                        users["finished"] += c.num() < 2
                    else:
                        present[who] -= 1
                elif head == 3 and inside:
                    c.num()
                    seen.due.append((now, c.num()))
                    users["dropped"] += seen.due[-1][1]
                elif head == 4 and inside:
                    c.num(), c.num()
                    where, duration, cumulated, flags = path(c.num()), c.signed(), c.signed(), c.num()
                    if not flags & 2:
                        g = groups[where[:-1], where[-1]]
                        g.ok, g.ko = g.ok + 1 - (flags & 1), g.ko + (flags & 1)
                        g.times["duration"].append(duration)
                        g.times["cumulated"].append(cumulated)
                elif head == 5 and inside:
                    sums.failures += 1
                    c.num(), c.num()
                    seen.failures[names[3, c.num()][1:]] += 1
                elif head == 6 and 0 < now <= length:  # a second is told at its end
                    fields = [c.signed() for _ in range(c.num())]
                    lost = max(lost, fields[12])
                    seen.health.append((now, fields, log))
                elif head == 7 and now >= 0 and c.num() == 2:
                    sums.warm_end = max(sums.warm_end, min(now, length))
                elif head == 8:
                    end, folded = now, c.num()
                    sums.folded += folded
                    c.num()
                    lost = max(lost, c.num())
                c.at = behind
    for who, count in present.items():
        users["present"] += max(0, count)
        closed[who].open += max(0, count)
    sums.lost += lost
    sums.run_end = max(sums.run_end, last)
    sums.last = max(sums.last, min(last, length))
    if end is not None or last >= length:
        sums.ends.append(max(0, min(length, last if end is None else end)))


def text(cell):
    """A cell as it was before it was guarded against spreadsheets."""
    return cell[1:] if cell.startswith("'") else cell


def names_of(path):
    """The names in a path: slashes part them, a backslash stands before one that is part of a name."""
    names, name, escaped = [], "", False
    for c in path:
        if escaped or c not in "/\\":
            name, escaped = name + c, False
        elif c == "/":
            names, name = names + [name], ""
        else:
            escaped = True
    return names + [name] if path else []


def counts(cell):
    return {key: int(count) for key, count in (part.rsplit("=", 1) for part in text(cell).split())}


def number(cell):
    return None if cell == "" else float(cell) if "." in cell else int(cell)


def as_summary(row):
    """A line of requests.csv in the shape of summary.json."""
    item = {"name": text(row["name"]), "group": names_of(text(row["group"])),
            "count": {key: int(row[key]) for key in ("total", "ok", "ko")}, "notSent": counts(row["notSent"]),
            "statusCodes": counts(row["statusCodes"])}
    for column, cell in row.items():
        place = item
        *path, key = column.split(".")
        if column in item or column in ("kind", "total", "ok", "ko"):
            continue
        for part in path:
            place = place.setdefault(part, {})
        place[key] = number(cell)
    if item["compensated"]["count"] is None:
        item["compensated"] = None
    return item


def against_requests(computed, rows):
    rows = [dict(as_summary(row), kind=row["kind"]) for row in rows]
    of = lambda kind: [row for row in rows if row["kind"] == kind]
    without_errors = lambda item: {key: value for key, value in item.items() if key != "errors"}
    if len(of("total")) != 1:
        yield f"requests.csv: {len(of('total'))} lines of all requests"
    else:
        yield from differences(without_errors(computed["total"]), of("total")[0], "requests.csv total")
    yield from differences([without_errors(item) for item in computed["requests"]], of("request"), "requests.csv")
    yield from differences(computed["groups"], of("group"), "requests.csv groups")
    if len(rows) != 1 + len(computed["requests"]) + len(computed["groups"]):
        yield f"requests.csv: {len(rows)} lines"


def against_errors(computed, failures, rows):
    mine = {("request", tuple(item["group"]), item["name"], error["class"], error["message"]):
            (error["count"], error["first"], error["last"]) for item in computed["requests"] for error in item["errors"]}
    mine.update({("step", (), "", *error): (count, None, None) for error, count in failures.items()})
    theirs = {(row["kind"], tuple(names_of(text(row["group"]))), text(row["name"]), text(row["class"]), text(row["message"])):
              (number(row["count"]), number(row["first"]), number(row["last"])) for row in rows}
    for key in mine.keys() | theirs.keys():
        if mine.get(key) != theirs.get(key):
            yield f"errors.csv {key}: {theirs.get(key)}, computed {mine.get(key)}"
    if len(rows) != len(theirs):
        yield f"errors.csv: {len(rows) - len(theirs)} lines come twice"


def against_timeline(seen, rows):
    """Each step holds what happened in it, the last one also what came with the end of the run or after it."""
    step = 1
    while math.ceil(seen.end / 1e6 / step) > max(1, len(rows)):
        step *= 2
    length = max(1, math.ceil(seen.end / 1e6 / step))
    if len(rows) != length:
        yield f"timeline.csv: {len(rows)} steps, {length} of {step} s are needed"
        return
    at = lambda micros: min(length - 1, max(0, micros) // 1000000 // step)
    mine = [Counter() for _ in rows]
    errors, spans, health = [Counter() for _ in rows], [([], [], []) for _ in rows], [[] for _ in rows]
    for micros, count in seen.due:
        mine[at(micros)]["usersDue"] += count
    for micros in seen.starts:
        mine[at(micros)]["usersStarted"] += 1
        mine[at(micros)]["usersActive"] += 1
    for micros in seen.ends:
        mine[at(micros)]["usersActive"] -= 1
    for micros, outcome, times_of, sent, received, error in seen.requests:
        mine[at(micros)]["ko" if outcome else "ok"] += 1
        mine[at(micros)]["bytesSent"] += sent
        mine[at(micros)]["bytesReceived"] += received
        if outcome:
            errors[at(micros)][error] += 1
        for values, value in zip(spans[at(micros)], times_of or ()):
            values.append(value)
    for micros, fields, log in seen.health:
        health[at(micros - 1)].append((fields, log))
    active = seen.present
    for i, row in enumerate(rows):
        where = f"timeline.csv {row['from']}"
        active += mine[i]["usersActive"]
        mine[i]["usersActive"] = active
        if int(row["from"]) != i * step or abs(float(row["seconds"]) - min(step, seen.end / 1e6 - i * step)) > 1e-6:
            yield f"{where}: begins at {row['from']} s and takes {row['seconds']} s"
        for key in ("usersDue", "usersStarted", "usersActive", "ok", "ko", "bytesSent", "bytesReceived"):
            if int(row[key]) != mine[i][key]:
                yield f"{where}.{key}: {row[key]}, computed {mine[i][key]}"
        if counts(row["errors"]) != errors[i]:
            yield f"{where}.errors: {row['errors']}, computed {dict(errors[i])}"
        for name, values in zip(("responseTime", "serviceTime", "startDelay"), spans[i]):
            for column, cell in row.items():
                if column.startswith(name + "."):
                    yield from against_time(sorted(values), column.split(".")[1], number(cell), f"{where}.{column}",
                                            name == "responseTime")
        for column, value in generator(health[i]).items():
            if number(row[column]) != value:
                yield f"{where}.{column}: {row[column]}, computed {value}"


def against_time(values, key, told, where, exact_moments):
    """Percentiles come from buckets of 2 digits; so do mean and greatest, but for the response time."""
    if not values:
        if told is not None:
            yield f"{where}: {told}, but there is no sample"
        return
    values = [max(0, value) for value in values]
    if key == "mean":
        exact = sum(values) / len(values) / 1000
        low = high = 0.000501 if exact_moments else 0.000501 + exact * 0.01
    elif key == "max":
        exact = values[-1] / 1000
        low, high = 1e-6, 1e-6 if exact_moments else exact * 0.01
    else:
        percent = float(key[1:].replace("_", "."))
        exact = values[max(1, math.ceil(round(percent * len(values) / 100, 9))) - 1] / 1000
        low, high = 1e-6, exact * 0.01
    if told is None or not exact - low <= told <= exact + high + 1e-6:
        yield f"{where}: {told}, computed {exact}"


def generator(seconds):
    """The generator in the seconds of a step: the greatest, or the sum of what adds up; None is what nobody told. What several
    have open adds up."""
    def known(field, combine):
        values = [fields[field] for fields, _ in seconds if fields[field] >= 0]
        return combine(values) if values else None

    def open_together(field):
        most = {}
        for fields, log in seconds:
            if fields[field] >= 0:
                most[log] = max(most.get(log, 0), fields[field])
        return sum(most.values()) if most else None
    stalls = [max(fields[0], fields[1]) for fields, _ in seconds]
    return {"connections": open_together(8), "inFlight": open_together(14),
            "stallMillis": sum(stall for stall in stalls if stall >= 50000) / 1000, "gcPauseMillis": known(2, sum),
            "cpuPercent": known(3, max), "machineCpuPercent": known(4, max), "stealPercent": known(5, max),
            "tcpRetransmits": known(9, sum), "heapUsedBytes": known(6, max), "openFiles": known(7, max)}


def against_tables(computed, seen, folder):
    """The tables that lie in a folder."""
    compared = []
    for name, check in (("requests.csv", lambda rows: against_requests(computed, rows)),
                        ("errors.csv", lambda rows: against_errors(computed, seen.failures, rows)),
                        ("timeline.csv", lambda rows: against_timeline(seen, rows))):
        path = os.path.join(folder, name)
        if os.path.exists(path):
            with open(path, encoding="utf-8", newline="") as table:
                rows = list(csv.DictReader(table))
            compared.append(f"{name} ({len(rows)} lines)")
            yield from check(rows)
    if compared:
        print("tables: " + ", ".join(compared), file=sys.stderr)


def against_ledger(kept, ledger):
    """What the log says of requests, beside what the target saw. Instants in microseconds since the run began."""
    clock = int(kept.pop()["clock"])
    sent = [r for r in kept if r["sent"] > 0]
    timed = [r for r in sent if r["timed"]]
    rows = [{"at": (int(row["arrivalNanos"]) - clock) / 1000, "id": row["id"], "status": int(row["status"]),
             "done": (int(row["answeredNanos"]) - clock) / 1000, "bytes": int(row["bytesSent"])} for row in ledger]
    answered = [row for row in rows if row["status"]]
    heard = [r for r in sent if r["status"]]
    if len(sent) != len(rows):
        yield f"ledger: {len(rows)} requests arrived, the log has {len(sent)} that left"
    for status in sorted({row["status"] for row in answered} | {r["status"] for r in heard}):
        theirs, ours = sum(row["status"] == status for row in answered), sum(r["status"] == status for r in heard)
        if ours > theirs or ours < theirs and all(r["status"] for r in sent):
            yield f"ledger: {theirs} answers of status {status}, the log has {ours}"
    # However requests and arrivals are paired: the k-th arrival cannot come before the k-th start, nor the k-th end before
    # the k-th answer. Instants of the log are cut to microseconds.
    for what, early, late in (("arrival", [r["end"] - r["service"] for r in timed], [row["at"] for row in rows]),
                              ("end", [row["done"] for row in answered], [r["end"] + 1 for r in heard])):
        if len(early) == len(late):
            wrong = sum(a > b for a, b in zip(sorted(early), sorted(late)))
            if wrong:
                yield f"ledger: {wrong} of {len(late)} come too early for what comes before: {what}"
    if len(timed) == len(rows) and rows:
        length = math.ceil(max(max(row["at"] for row in rows), max(r["end"] for r in timed)) / 1e6) + 1
        seconds = [[0] * length, [0] * length]
        for r in timed:
            seconds[0][int((r["end"] - r["service"]) // 1e6)] += 1
        for row in rows:
            seconds[1][int(row["at"] // 1e6)] += 1
        worst = max(abs(a - b) for a, b in zip(*seconds))
        slowest = max((b - a for a, b in zip(sorted(r["end"] - r["service"] for r in timed), sorted(row["at"] for row in rows))))
        print(f"ledger: {len(rows)} arrivals, {len(answered)} answers; starts and arrivals per second differ by at most {worst},"
              f" {slowest / 1000:.3f} ms on the way", file=sys.stderr)
    if rows and all(row["id"].isdigit() for row in rows):
        mine, his = {r["user"]: r for r in sent}, {int(row["id"]): row for row in rows}
        if len(mine) != len(sent) or len(his) != len(rows):
            yield f"ledger: {len(rows)} arrivals of {len(his)} users, the log has {len(sent)} of {len(mine)}"
        elif mine.keys() != his.keys():
            yield f"ledger: users {sorted(mine.keys() ^ his.keys())[:5]} are only in one of both"
        else:
            for user, r in mine.items():
                row = his[user]
                if r["status"] and r["status"] != row["status"]:
                    yield f"ledger: user {user} was answered {row['status']}, the log has {r['status']}"
                if r["status"] and r["outcome"] == 0 and r["received"] != row["bytes"]:
                    yield f"ledger: user {user} was sent {row['bytes']} bytes, the log has {r['received']}"
                if r["timed"] and r["end"] - r["service"] > row["at"]:
                    yield f"ledger: the request of user {user} arrived before it started"
                if r["timed"] and r["status"] and r["service"] + 1 < row["done"] - row["at"]:
                    yield (f"ledger: service time of user {user} is {r['service']} µs,"
                           f" the target alone took {row['done'] - row['at']:.0f}")


def estimates(mine, theirs, where):
    """A compensated series rests on a median, which is a bucket's edge there: what is put back may be a few more or less."""
    if mine is None or theirs is None:
        if mine is not theirs:
            yield f"{where}: {theirs}, computed {mine}"
        return
    for key in ("count", "added"):
        if abs(mine[key] - theirs.get(key, -1e9)) > 0.01 * mine["count"]:
            yield f"{where}.{key}: {theirs.get(key)}, computed {mine[key]}"
    near = mine["expectedInterval"] or 0
    if (theirs.get("expectedInterval") is None) != (mine["expectedInterval"] is None) or (
            near and abs(theirs["expectedInterval"] - near) > 0.002 + 0.002 * near):
        yield f"{where}.expectedInterval: {theirs.get('expectedInterval')}, computed {near}"
    for key, value in mine["responseTime"].items():
        other = theirs.get("responseTime", {}).get(key)
        if other is None or abs(other - value) > 0.02 * value + 2 * near + 0.002:
            yield f"{where}.responseTime.{key}: {other}, computed {value}"


def differences(mine, theirs, where=""):
    if where.endswith(".compensated"):
        yield from estimates(mine, theirs, where)
    elif isinstance(mine, dict) and "p99_9" in mine and isinstance(theirs, dict):
        for key, value in mine.items():
            high = value * (1.001 if key.startswith("p") else 1) + (0.000501 if key in ("mean", "stdDev") else 1e-6)
            low = value - (0.000501 if key in ("mean", "stdDev") else 1e-6)
            if theirs.get(key) is None or not low <= theirs[key] <= high:
                yield f"{where}.{key}: {theirs.get(key)}, computed {value}"
    elif mine is None:
        if isinstance(theirs, dict) and any(theirs.values()):
            yield f"{where}: {theirs}, but there is no sample"
    elif isinstance(mine, dict):
        for key, value in mine.items():
            yield from differences(value, theirs.get(key) if isinstance(theirs, dict) else None, f"{where}.{key}")
    elif isinstance(mine, list) and mine and isinstance(mine[0], dict) and "name" in mine[0]:
        by_name = {(tuple(t["group"]), t["name"]): t for t in theirs or []}
        if len(by_name) != len(mine):
            yield f"{where}: {len(by_name)} entries, computed {len(mine)}"
        for item in mine:
            key = (tuple(item["group"]), item["name"])
            yield from differences(item, by_name.get(key, {}), f"{where}[{'/'.join(key[0] + (key[1],))}]")
    elif isinstance(mine, list) and isinstance(theirs, list) and len(mine) == len(theirs):
        for i, (one, other) in enumerate(zip(mine, theirs)):
            yield from differences(one, other, f"{where}[{i}]")
    elif isinstance(mine, float) and isinstance(theirs, (int, float)):
        if abs(mine - theirs) > 1e-9 * max(1, abs(mine)):
            yield f"{where}: {theirs}, computed {mine}"
    elif mine != theirs:
        yield f"{where}: {theirs}, computed {mine}"


def main(arguments):
    window, files = None, {".onrush": [], ".json": [], ".csv": []}
    if arguments[:1] == ["--window"] and len(arguments) > 2:
        window = tuple(round(float(seconds) * 1e6) for seconds in arguments[1:3])
        arguments = arguments[3:]
    for file in arguments:
        kind = os.path.splitext(file)[1]
        if kind not in files:
            sys.exit(__doc__)
        files[kind].append(file)
    logs, summaries, ledgers = files.values()
    if not logs or len(summaries) > 1 or ledgers and (len(logs) > 1 or window or not summaries or len(ledgers) > 1):
        sys.exit(__doc__)
    requests, seen = [], Seen()
    computed = compute([open(log, "rb").read() for log in logs], window, requests, seen)
    if not summaries:
        print(json.dumps(computed, indent=2, ensure_ascii=False))
        return
    with open(summaries[0], encoding="utf-8") as summary:
        found = list(differences(computed, json.load(summary)))
    found += against_tables(computed, seen, os.path.dirname(summaries[0]))
    if ledgers:
        with open(ledgers[0], encoding="utf-8", newline="") as ledger:
            found += against_ledger(requests, csv.DictReader(ledger))
    print("\n".join(found[:1000]) if found else "equal")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
