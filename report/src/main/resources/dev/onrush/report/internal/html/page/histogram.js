// Times in buckets, as the page holds them for each step: decoded, merged, asked for percentiles.

/** Counts of a merge while it goes on: more buckets than microseconds of a double fill, all zero in between. */
const scratch = new Float64Array(6144);

/** The scale of times: a bucket for each microsecond, from some on so many for each doubling. */
export class Buckets {
  /** @param {number} perDoubling */
  constructor(perDoubling) {
    this.perDoubling = perDoubling;
  }

  /** The greatest time of a bucket, microseconds. @param {number} bucket */
  upper(bucket) {
    if (bucket < 2 * this.perDoubling) return bucket;
    const shift = Math.floor(bucket / this.perDoubling) - 1;
    return (bucket - shift * this.perDoubling + 1) * Math.pow(2, shift) - 1;
  }

  /** The least time of a bucket, microseconds. @param {number} bucket */
  lower(bucket) {
    return bucket < 2 * this.perDoubling ? bucket : this.upper(bucket - 1) + 1;
  }

  /** Percent that the upper edge of a bucket is at most above a time in it. */
  error() {
    return Math.max(1, Math.ceil(1000 / this.perDoubling) / 10);
  }
}

/** The packed times of every step of one line. They are looked through when they are first asked for. */
export class PackedSteps {
  /** @param {Uint8Array} bytes @param {number|undefined} begin in there; undefined: no times at all @param {number} count of steps @param {Buckets} buckets */
  constructor(bytes, begin, count, buckets) {
    this.bytes = bytes;
    this.at = begin || 0;
    this.count = begin === undefined ? 0 : count;
    this.buckets = buckets;
    /** Where the pack of each step begins and ends. @type {number[]|null} */
    this.edges = null;
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
    if (this.edges === null) {
      this.edges = [];
      for (let step = 0; step < this.count; step++) {
        const length = this.number();
        this.edges.push(this.at, this.at + length);
        this.at += length;
      }
    }
    for (let step = from; step < to && step < this.count; step++) {
      this.at = this.edges[step * 2];
      const end = this.edges[step * 2 + 1];
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
   * @param {PackedSteps[]} sources on one scale @param {number} from @param {number} to steps
   * @param {{least: number, most: number}} [bounds] milliseconds that no time lies outside of, as is known exactly of the whole run
   */
  constructor(sources, from, to, bounds) {
    this.scale = sources.length > 0 ? sources[0].buckets : new Buckets(1);
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
      if (upTo >= rank) return this.bounded(this.scale.upper(this.buckets[i]) / 1000);
    }
    return null;
  }

  /** @param {number} millis */
  bounded(millis) {
    return Math.max(this.bounds.least, Math.min(this.bounds.most, millis));
  }

  /** Milliseconds: the least that the first bucket can hold. */
  min() {
    return this.total === 0 ? null : this.bounded(this.scale.lower(this.buckets[0]) / 1000);
  }

  /** Mean and standard deviation from the middles of the buckets, milliseconds. */
  moments() {
    if (this.total === 0) return {mean: null, deviation: null};
    const middle = (/** @type {number} */ i) => (this.scale.lower(this.buckets[i]) + this.scale.upper(this.buckets[i])) / 2000;
    const mean = this.counts.reduce((all, count, i) => all + count * middle(i), 0) / this.total;
    const squares = this.counts.reduce((all, count, i) => all + count * (middle(i) - mean) * (middle(i) - mean), 0);
    return {mean: this.bounded(mean), deviation: Math.sqrt(squares / this.total)};
  }

  /** Whether there are too few samples for a percentile to differ from the greatest. @param {number} percentile */
  tooFewFor(percentile) {
    return percentile < 100 && this.total * (100 - percentile) < 100 - 1e-9;
  }
}
