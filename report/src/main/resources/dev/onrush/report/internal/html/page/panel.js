// One line of the table seen closely, in the chosen window: distribution, spectrum, heat map, against throughput, over time.

import { button, color, element, View } from './chart.js';
import { anything } from './data.js';
import { distribution } from './distribution.js';
import { percentileOf } from './figures.js';
import { counted, countText, percentText, plainText, shortTime, tickText, timeText } from './format.js';
import { heatmap } from './heatmap.js';
import { Histogram } from './histogram.js';
import { spectrum } from './spectrum.js';
import { throughput } from './throughput.js';
import { rampColor } from './timecharts.js';

const MOST_KEPT = 2;
/** Percentiles over time would be noise with more columns than that. */
const MOST_POINTS = 300;

export class Panel {
  /**
   * @param {HTMLElement} place @param {import('./figures.js').RunFigures} figures @param {import('./selection.js').Selection} selection
   * @param {import('./timeaxis.js').TimeAxis} shared
   */
  constructor(place, figures, selection, shared) {
    this.place = place;
    this.figures = figures;
    this.selection = selection;
    this.shared = shared;
    this.row = 0;
    /** Called when the line is closed. */
    this.closed = () => {};
    /** Lines that stay in the spectrum beside the open one. @type {number[]} */
    this.kept = [];
    this.heading = element('h2');
    this.heading.tabIndex = -1;
    this.words = element('p', 'muted');
    this.charts = element('div', 'chart-grid');
    this.closer = button('Back to all requests', () => { this.open(0); this.closed(); }, 'quiet');
    const head = element('div', 'panel-head');
    head.append(this.heading, this.closer);
    place.replaceChildren(head, this.words, this.charts);
    this.view = new View(this.charts, () => this.draw());
    this.title();
    selection.subscribe(() => this.again());
  }

  /** @param {number} row of the table @param {boolean} [there] goes there as well */
  open(row, there) {
    this.row = row;
    this.title();
    if (there) {
      this.view.near = true;
      this.heading.focus({preventScroll: true});
      this.place.scrollIntoView({block: 'start', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth'});
    }
    this.view.again();
  }

  again() {
    this.title();
    this.view.again();
  }

  /** @param {number} row */
  nameOf(row) {
    const {group, name} = this.figures.rows[row];
    return [...group, name].join(' › ');
  }

  title() {
    const row = this.figures.rows[this.row];
    const name = element('bdi', '', this.nameOf(this.row));
    name.title = this.nameOf(this.row);
    this.heading.replaceChildren(name);
    this.closer.hidden = this.row === 0;
    const {counts} = this.figures.of(this.row);
    const what = row.kind === 'group' ? ['user left it', 'users left it'] : ['request', 'requests'];
    this.words.textContent = counts[0] === null ? 'Nothing was measured here.'
      : counted(counts[0], what[0], what[1]) + ', ' + countText(counts[2]) + ' KO' + (counts[3] ? ' (' + percentText(counts[3]) + ' %)' : '')
        + '. The charts are made from histograms for each ' + plainText(this.selection.step) + ' s: times are good to ± ' + plainText(this.figures.buckets.error()) + ' %.';
  }

  /** @returns {import('./chart.js').Drawn[]} */
  draw() {
    const source = this.figures.source(this.row);
    const all = this.figures.histogram(this.row);
    this.charts.replaceChildren();
    if (this.figures.cells === null) {
      this.charts.append(element('p', 'muted', 'The figures for each step are not unpacked.'));
      return [];
    }
    if (source === null || all.total === 0) {
      this.charts.append(element('p', 'muted', source === null && this.figures.of(this.row).counts[0]
        ? 'So that this page stays small it holds no figures for each step of this line.' : 'Nothing was measured here' + (this.selection.range === null ? '.' : ' in the chosen window.')));
      return [];
    }
    const {from, to} = this.selection.steps();
    const again = () => this.view.again();
    const place = this.charts;
    const {response} = this.figures.of(this.row);
    const marks = ['p50', 'p95', 'p99'].map((name) => ({name, millis: response[this.figures.columns.indexOf(name)]}))
      .filter((mark) => typeof mark.millis === 'number');
    const lines = [this.row, ...this.kept.filter((row) => row !== this.row)].map((row) => ({name: this.nameOf(row), histogram: this.figures.histogram(row)}))
      .filter((one) => one.histogram.total > 0);
    const drawn = [
      distribution(place, new Histogram([source.ok], from, to), new Histogram([source.ko], from, to), all, /** @type {{name: string, millis: number}[]} */ (marks), again),
      spectrum(place, lines, this.spectrumTools(), again),
      heatmap(place, source, this.selection, this.shared),
      ...this.overTime(place, source),
    ];
    return /** @type {import('./chart.js').Drawn[]} */ (drawn.filter((one) => one !== null));
  }

  spectrumTools() {
    const kept = this.kept.includes(this.row);
    const tools = [];
    if (kept || this.kept.length < MOST_KEPT) {
      tools.push(button(kept ? 'Keep no longer' : 'Keep to compare', () => {
        this.kept = kept ? this.kept.filter((row) => row !== this.row) : [...this.kept, this.row];
        this.view.again();
      }, 'quiet'));
      tools[0].title = 'A kept line stays in the spectrum while you open others';
    }
    if (this.kept.some((row) => row !== this.row)) tools.push(button('Only this', () => { this.kept = []; this.view.again(); }, 'quiet'));
    return tools;
  }

  /** Rates and percentiles over time, and one against the other. @param {HTMLElement} place @param {import('./figures.js').Source} source */
  overTime(place, source) {
    const {from, to} = this.selection.steps();
    const each = Math.max(1, Math.ceil((to - from) / MOST_POINTS));
    const step = each * this.selection.step;
    /** @type {number[]} */
    const begins = [];
    /** @type {{rate: number, times: (number|null)[]}[]} */
    const points = [];
    const names = this.figures.columns.filter((column) => percentileOf(column) !== null);
    /** @type {(number|null)[]} */
    const ok = [];
    /** @type {(number|null)[]} */
    const ko = [];
    for (let at = from; at < to; at += each) {
      const end = Math.min(to, at + each);
      const seconds = Math.max(this.selection.step / 2, Math.min(end * this.selection.step, this.selection.end) - at * this.selection.step);
      const add = (/** @type {number[]|undefined} */ counts) => (counts || []).slice(at, end).reduce((sum, n) => sum + n, 0) / seconds;
      const histogram = this.figures.histogram(this.row, at, end);
      begins.push(at * this.selection.step);
      ok.push(add(source.cells.ok));
      ko.push(add(source.cells.ko));
      points.push({rate: add(source.cells.ok) + add(source.cells.ko), times: names.map((name) => histogram.percentile(Number(percentileOf(name))))});
    }
    const text = (/** @type {number|null} */ millis) => timeText(millis);
    const scattered = ['p50', 'p95', 'p99'].filter((name) => names.includes(name));
    const drawn = [
      throughput(place, points.filter((one) => one.rate > 0).map((one) => ({rate: one.rate, times: scattered.map((name) => one.times[names.indexOf(name)])})),
        scattered, ['series-1', 'series-2', 'series-3']),
    ];
    if (begins.length < 2) return drawn;
    return [...drawn,
      this.shared.draw(place, begins, step, {title: 'Percentiles over time', words: '', axisText: shortTime, again: () => this.view.again(), series: names.map((label, i) => (
        {label, values: points.map((one) => one.times[i]), color: rampColor(i, names.length), text}))}),
      this.shared.draw(place, begins, step, {title: 'Its requests per second', words: '', axisText: tickText, series: [
        {label: 'OK', values: ok, color: color('good'), text: plainText},
        ...(anything(ko) ? [{label: 'KO', values: ko, color: color('bad'), text: plainText}] : [])]}),
    ];
  }
}
