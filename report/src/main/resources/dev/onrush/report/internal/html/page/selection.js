// The chosen time window: whole steps of the page's cells. Whoever shows figures subscribes.

/** @typedef {{from: number, to: number}} Range steps or seconds, the end not included */

export class Selection {
  /** @param {number} step seconds @param {number} count of steps @param {number} duration of the run, seconds */
  constructor(step, count, duration) {
    this.step = step;
    this.count = count;
    /** The last step may be cut short. */
    this.end = duration > 0 ? Math.min(count * step, Math.max(duration, (count - 1) * step)) : count * step;
    /** Steps; null: the whole run. @type {Range|null} */
    this.range = null;
    /** @type {((range: Range|null) => void)[]} */
    this.listeners = [];
  }

  /** @param {(range: Range|null) => void} listener called at every change, in the order of subscription */
  subscribe(listener) {
    this.listeners.push(listener);
  }

  /** The window in steps. @returns {Range} */
  steps() {
    return this.range || {from: 0, to: this.count};
  }

  /** The window in seconds. @returns {Range} */
  seconds() {
    const {from, to} = this.steps();
    return {from: from * this.step, to: Math.min(to * this.step, this.end)};
  }

  /** Chooses the steps nearest to these seconds, at least one. @param {number} from @param {number} to */
  choose(from, to) {
    if (!(Number.isFinite(from) && Number.isFinite(to))) return;
    const least = Math.min(from, to);
    const first = Math.max(0, Math.min(this.count - 1, Math.round(least / this.step)));
    const last = Math.max(from, to) >= this.end ? this.count : Math.round(Math.max(from, to) / this.step);
    this.set({from: first, to: Math.min(this.count, Math.max(first + 1, last))});
  }

  reset() {
    this.set(null);
  }

  /** @param {Range|null} wanted */
  set(wanted) {
    const next = wanted && wanted.from === 0 && wanted.to === this.count ? null : wanted;
    const before = this.range;
    if (next === before || next && before && next.from === before.from && next.to === before.to) return;
    this.range = next;
    this.tell();
  }

  /** Everybody looks again: the same window may have other figures now. */
  tell() {
    for (const listener of this.listeners) listener(this.range);
  }
}
