#!/usr/bin/env python3
"""A second opinion on a run: reads events.onrush as docs/event-log.md describes it and computes the figures of summary.json
again, percentiles as exact nearest rank. Shares no code with Onrush.

  oracle.py events.onrush                 prints the figures as JSON
  oracle.py events.onrush summary.json    compares: percentiles may be 0.1 % high, means are rounded to a
                                          microsecond, all else must be equal; exit 1 if not
"""
import json, math, struct, sys
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
            damaged, at = damaged + 1, data.find(mark, at + 1)
    yield damaged


class Figures:
    def __init__(self):
        self.ok = self.ko = self.unfinished = self.sent = self.received = 0
        self.not_sent, self.status = Counter(), Counter()
        self.times = defaultdict(list)
        self.errors = defaultdict(list)

    def stats(self, seconds):
        response = self.times["ok"] + self.times["ko"]
        errors = [{"class": c, "message": m, "count": len(at), "first": min(at) / 1000, "last": max(at) / 1000}
                  for (c, m), at in self.errors.items()]
        return {"count": {"total": self.ok + self.ko, "ok": self.ok, "ko": self.ko}, "unfinished": self.unfinished,
                "notSent": dict(self.not_sent), "throughput": (self.ok + self.ko) / seconds if seconds > 0 else 0.0,
                "responseTime": times(response), "serviceTime": times(self.times["service"]),
                "startDelay": times(self.times["delay"]), "okResponseTime": times(self.times["ok"]),
                "koResponseTime": times(self.times["ko"]), "statusCodes": {str(k): v for k, v in self.status.items()},
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


def compute(data):
    source = blocks(data)
    run = next(source)
    names, requests, groups, total = {}, defaultdict(Figures), defaultdict(Figures), Figures()
    users, lost, folded, attempts, failures, last, end, warm_end = Counter(), 0, 0, 0, 0, 0, None, 0
    damaged = 0

    def path(group):
        return path(names[0, group][0]) + (names[0, group][1],) if group else ()

    for block in source:
        if isinstance(block, int):
            damaged = block
            break
        now, _, payload = block
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
                c.num()
                request = c.num()
                now += c.signed()
                response, sent, received = c.signed(), c.num(), c.num()
                delay = c.signed() if not more & 1 else 0
                if head & 0x20 and not more & 1:
                    c.signed()
                status = c.signed() if head & 4 else 200
                error = names[3, c.num()] if head & 8 else (0, "", "")
                extra = {bit: c.signed() for bit in range(4, more.bit_length()) if more >> bit & 1}
                outcome, key = head & 3, (path(names[1, request][0]), names[1, request][1])
                for f in [] if more & 6 else [requests[key], total]:
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
                if more & 4:
                    attempts, _ = attempts + 1, requests[key]
            else:
                length = c.num()
                behind = c.at + length
                now += c.signed() if 1 <= head <= 8 else 0
                if head == 1:
                    users["started"] += 1
                elif head == 2:
                    c.num(), c.num()
                    users["finished"] += c.num() < 2
                elif head == 3:
                    c.num()
                    users["dropped"] += c.num()
                elif head == 4:
                    c.num(), c.num()
                    where, duration, cumulated, flags = path(c.num()), c.signed(), c.signed(), c.num()
                    if not flags & 2:
                        g = groups[where[:-1], where[-1]]
                        g.ok, g.ko = g.ok + 1 - (flags & 1), g.ko + (flags & 1)
                        g.times["duration"].append(duration)
                        g.times["cumulated"].append(cumulated)
                elif head == 5:
                    failures += 1
                elif head == 6:
                    fields = [c.signed() for _ in range(c.num())]
                    lost = max(lost, fields[12])
                elif head == 7 and c.num() == 2:
                    warm_end = max(warm_end, now)
                elif head == 8:
                    end, folded = now, c.num()
                    c.num()
                    lost = max(lost, c.num())
                c.at = behind
            last = max(last, now)
    end = last if end is None else end
    seconds = max(0, end - warm_end) / 1e6
    return {"run": {"simulation": run.get("simulation", ""), "description": run.get("description", ""),
                    "durationSeconds": end / 1e6, "seed": int(run.get("seed", 0)), "version": run.get("version", "")},
            "users": {"scheduled": users["started"] + users["dropped"], "started": users["started"],
                      "dropped": users["dropped"], "finished": users["finished"],
                      "unfinished": users["started"] - users["finished"]},
            "total": total.stats(seconds),
            "requests": [dict({"name": name, "group": list(group)}, **f.stats(seconds))
                         for (group, name), f in requests.items()],
            "groups": [{"name": name, "group": list(group), "count": {"total": g.ok + g.ko, "ok": g.ok, "ko": g.ko},
                        "duration": times(g.times["duration"]), "cumulated": times(g.times["cumulated"])}
                       for (group, name), g in groups.items()],
            "generator": {"startDelay": times(total.times["delay"]), "logRecordsLost": lost, "damagedBlocks": damaged,
                          "namesFolded": folded, "staleRetries": attempts, "stepFailures": failures}}


def differences(mine, theirs, where=""):
    if isinstance(mine, dict) and "p99_9" in mine and isinstance(theirs, dict):
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


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 3:
        sys.exit(__doc__)
    with open(sys.argv[1], "rb") as log:
        computed = compute(log.read())
    if len(sys.argv) == 2:
        print(json.dumps(computed, indent=2, ensure_ascii=False))
    else:
        with open(sys.argv[2], encoding="utf-8") as summary:
            found = list(differences(computed, json.load(summary)))
        print("\n".join(found) if found else "equal")
        sys.exit(1 if found else 0)
