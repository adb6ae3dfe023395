// Times in buckets of 2 digits, as the page holds them for each step: decoded, merged, asked for percentiles.

const LINEAR = 256;
const HALF = LINEAR / 2;
/** Counts of a merge while it goes on: more buckets than microseconds of a double fill, all zero in between. */
const scratch = new Float64Array(6144);

/** The greatest time of a bucket, microseconds. @param {number} bucket */
export function upperEdge(bucket) {
  if (bucket < LINEAR) return bucket;
  const shift = Math.floor(bucket / HALF) - 1;
  return (bucket - shift * HALF + 1) * Math.pow(2, shift) - 1;
}

/** The least time of a bucket, microseconds. @param {number} bucket */
export const lowerEdge = (bucket) => bucket < LINEAR ? bucket : upperEdge(bucket - 1) + 1;

/** @param {string} text base64 */
function bytesOf(text) {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** The packed times of every step of one line. It is read when it is first asked for. */
export class PackedSteps {
  /** @param {string|undefined} text base64; undefined: no times at all */
  constructor(text) {
    this.text = text;
    this.bytes = new Uint8Array(0);
    /** Where the pack of each step begins. @type {number[]|null} */
    this.begins = null;
    this.at = 0;
  }

  /** A number of 7 bits per byte, low bits first. */
  number() {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new Error('times of a step end too early');
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  }

  /** Calls back for each bucket of those steps that has something in it. @param {number} from @param {number} to @param {(bucket: number, count: number, step: number) => void} take */
  each(from, to, take) {
    if (this.begins === null) {
      this.begins = [];
      this.bytes = this.text ? bytesOf(this.text) : this.bytes;
      while (this.at < this.bytes.length) {
        const length = this.number();
        this.begins.push(this.at, this.at + length);
        this.at += length;
      }
    }
    for (let step = from; step < to && step * 2 < this.begins.length; step++) {
      this.at = this.begins[step * 2];
      const end = this.begins[step * 2 + 1];
      let bucket = -1;
      while (this.at < end) {
        // Even: twice the count of the next bucket; odd: twice the distance and one to a bucket whose count follows.
        const number = this.number();
        const near = number % 2 === 0;
        bucket += near ? 1 : (number - 1) / 2;
        take(bucket, near ? number / 2 : this.number(), step);
      }
    }
  }
}

/** Times that were merged; it changes no more. */
export class Histogram {
  /**
   * @param {PackedSteps[]} sources @param {number} from @param {number} to steps
   * @param {{least: number, most: number}} [bounds] milliseconds that no time lies outside of, as is known exactly of the whole run
   */
  constructor(sources, from, to, bounds) {
    this.bounds = bounds || {least: 0, most: Infinity};
    let least = scratch.length;
    let greatest = -1;
    for (const source of sources) {
      source.each(from, to, (bucket, count) => {
        scratch[bucket] += count;
        if (bucket < least) least = bucket;
        if (bucket > greatest) greatest = bucket;
      });
    }
    /** Buckets with something in them, rising. @type {number[]} */
    this.buckets = [];
    /** @type {number[]} */
    this.counts = [];
    this.total = 0;
    for (let bucket = least; bucket <= greatest; bucket++) {
      const count = scratch[bucket];
      if (count === 0) continue;
      scratch[bucket] = 0;
      this.buckets.push(bucket);
      this.counts.push(count);
      this.total += count;
    }
  }

  /** Nearest rank, the upper edge of its bucket, milliseconds; null without a sample. @param {number} percentile 0 to 100 */
  percentile(percentile) {
    // 99.9 % of a thousand is the 999th, though binary arithmetic says a hair more.
    const exact = percentile * this.total / 100;
    const nearest = Math.round(exact);
    const rank = Math.max(1, Math.abs(exact - nearest) <= 1e-12 * this.total ? nearest : Math.ceil(exact));
    let upTo = 0;
    for (let i = 0; i < this.buckets.length; i++) {
      upTo += this.counts[i];
      if (upTo >= rank) return this.bounded(upperEdge(this.buckets[i]) / 1000);
    }
    return null;
  }

  /** @param {number} millis */
  bounded(millis) {
    return Math.max(this.bounds.least, Math.min(this.bounds.most, millis));
  }

  /** Milliseconds: the least that the first bucket can hold. */
  min() {
    return this.total === 0 ? null : this.bounded(lowerEdge(this.buckets[0]) / 1000);
  }

  /** Mean and standard deviation from the middles of the buckets, milliseconds. */
  moments() {
    if (this.total === 0) return {mean: null, deviation: null};
    const middle = (/** @type {number} */ i) => (lowerEdge(this.buckets[i]) + upperEdge(this.buckets[i])) / 2000;
    const mean = this.counts.reduce((all, count, i) => all + count * middle(i), 0) / this.total;
    const squares = this.counts.reduce((all, count, i) => all + count * (middle(i) - mean) * (middle(i) - mean), 0);
    return {mean: this.bounded(mean), deviation: Math.sqrt(squares / this.total)};
  }

  /** Whether there are too few samples for a percentile to differ from the greatest. @param {number} percentile */
  tooFewFor(percentile) {
    return percentile < 100 && this.total * (100 - percentile) < 100 - 1e-9;
  }
}
