// The figures of a line of the table: of the whole run as they were written, of a window from the cells.

import { sum } from './data.js';
import { Buckets, Histogram, PackedSteps } from './histogram.js';

/**
 * @typedef {import('./data.js').Row} Row
 * @typedef {import('./data.js').RowCells} RowCells
 * @typedef {object} Figures
 * @property {(number|null)[]} counts
 * @property {(number|null)[]} response
 * @property {(number|null)[]} service
 * @property {number} responseFew
 * @property {number} serviceFew
 * @property {number|null} received
 * @property {number|null} sent
 * @property {Record<string, number>} codes
 * @typedef {{cells: RowCells, ok: PackedSteps, ko: PackedSteps, service: PackedSteps, delay: PackedSteps}} Source
 */

/** @param {string} column what the table's head calls it @returns {number|null} */
export const percentileOf = (column) => /^p\d/.test(column) ? Number(column.slice(1)) : null;

export class RunFigures {
  /**
   * @param {import('./data.js').Data} data @param {import('./data.js').Run} run
   * @param {import('./selection.js').Selection} selection @param {string[]} columns of times, as the table's head calls them
   */
  constructor(data, run, selection, columns) {
    this.rows = data.rows;
    this.columns = columns;
    this.selection = selection;
    this.measuredFrom = Math.max(0, run.duration - run.measured);
    this.buckets = new Buckets(data.cells ? data.cells.perDoubling : 1);
    /** What windows are computed from, once it is unpacked. @type {import('./data.js').CellFigures|null} */
    this.cells = null;
    /** @type {Map<number, Source>} */
    this.sources = new Map();
    /** Figures of the window that were asked for already. @type {Map<number, Figures>} */
    this.known = new Map();
    selection.subscribe(() => this.known.clear());
  }

  /** @param {{figures: import('./data.js').CellFigures, times: Uint8Array}} unpacked */
  take({figures, times}) {
    const steps = (/** @type {number|undefined} */ begin) => new PackedSteps(times, begin, this.selection.count, this.buckets);
    for (const cells of figures.rows) {
      this.sources.set(cells.row, {cells, ok: steps(cells.okTimes), ko: steps(cells.koTimes), service: steps(cells.service), delay: steps(cells.delay)});
    }
    this.cells = figures;
    this.known.clear();
  }

  /** What that line is computed from, if the page holds it. @param {number} row */
  source(row) {
    return this.sources.get(row) || null;
  }

  /** Response times, OK and KO together, of some steps; of the window, if none are given. @param {number} row @param {number} [from] @param {number} [to] */
  histogram(row, from, to) {
    const source = this.source(row);
    const steps = this.selection.steps();
    return new Histogram(source ? [source.ok, source.ko] : [], from === undefined ? steps.from : from, to === undefined ? steps.to : to,
      this.bounds(this.rows[row].response));
  }

  /** Least and greatest of the whole run: no window has others outside of them. @param {(number|null)[]} whole */
  bounds(whole) {
    const [least, most] = ['min', 'max'].map((column) => whole[this.columns.indexOf(column)]);
    return {least: typeof least === 'number' ? least : 0, most: typeof most === 'number' ? most : Infinity};
  }

  /** Seconds of these steps that count: within the run, without its warm-up. @param {number} from @param {number} to */
  measuredSeconds(from, to) {
    const step = this.selection.step;
    return Math.max(0, Math.min(to * step, this.selection.end) - Math.max(from * step, this.measuredFrom));
  }

  /** @param {number} index of the line @returns {Figures} */
  of(index) {
    const row = this.rows[index];
    if (this.selection.range === null || this.cells === null) {
      const request = row.kind === 'total' || row.kind === 'request';
      return {
        counts: row.counts, response: row.response, service: row.service, responseFew: row.responseFew, serviceFew: row.serviceFew,
        received: request ? row.bytesReceived || 0 : null, sent: request ? row.bytesSent || 0 : null, codes: row.statusCodes || {},
      };
    }
    const known = this.known.get(index);
    if (known) return known;
    const made = this.ofWindow(index);
    this.known.set(index, made);
    return made;
  }

  /** @param {number} index @returns {Figures} */
  ofWindow(index) {
    const row = this.rows[index];
    const source = this.source(index);
    const none = this.columns.map(() => null);
    if (source === null) {
      return {counts: row.counts.map(() => null), response: none, service: none, responseFew: 0, serviceFew: 0, received: null, sent: null, codes: {}};
    }
    const {from, to} = this.selection.steps();
    const ok = sum(source.cells.ok, from, to);
    const ko = sum(source.cells.ko, from, to);
    const all = ok + ko;
    const seconds = this.measuredSeconds(from, to);
    const response = this.histogram(index);
    const service = new Histogram([source.service], from, to, this.bounds(row.service));
    const request = row.kind === 'total' || row.kind === 'request';
    /** @type {Record<string, number>} */
    const codes = {};
    for (const [code, counts] of Object.entries(source.cells.status || {})) {
      const n = sum(counts, from, to);
      if (n > 0) codes[code] = n;
    }
    return {
      counts: [all, ok, ko, all === 0 ? null : 100 * ko / all, seconds > 0 ? all / seconds : null],
      response: this.times(response),
      service: this.times(service),
      responseFew: this.few(response),
      serviceFew: this.few(service),
      received: request ? sum(source.cells.received, from, to) : null,
      sent: request ? sum(source.cells.sent, from, to) : null,
      codes,
    };
  }

  /** Columns of times. @param {Histogram} histogram @returns {(number|null)[]} */
  times(histogram) {
    const {mean, deviation} = histogram.moments();
    return this.columns.map((column) => {
      const percentile = percentileOf(column);
      if (percentile !== null) return histogram.percentile(percentile);
      return column === 'min' ? histogram.min() : column === 'max' ? histogram.percentile(100) : column === 'mean' ? mean : deviation;
    });
  }

  /** @param {Histogram} histogram */
  few(histogram) {
    return this.columns.reduce((bits, column, i) => {
      const percentile = percentileOf(column);
      return percentile !== null && histogram.total > 0 && histogram.tooFewFor(percentile) ? bits | 1 << i : bits;
    }, 0);
  }
}
