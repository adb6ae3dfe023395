// The page of a comparison: sorts and filters the table, draws both sides over each other.

/* global uPlot */

import { axes, button, color, frame, fromZero, height, line, plot, redraw, tellValues, View } from './chart.js';
import { clock, countText, decimal, perSecondText, plainText, shortTime, timeText } from './format.js';

/**
 * @typedef {{stepSeconds: number, throughput: number[], p50: (number|null)[], p95: (number|null)[], p99: (number|null)[], spectrum: number[]}} Side
 * @typedef {{name: string, baseline: Side, candidate: Side}} Chart
 * @typedef {import('./chart.js').Series} Series
 */

/** @type {{spectrum: number[], charts: Chart[]}} */
const compared = JSON.parse((document.getElementById('data') || {textContent: '{}'}).textContent || '{}');

/** Where a side's steps begin, seconds. @param {Side} side */
const steps = (side) => side.throughput.map((_, i) => i * side.stepSeconds);

/** Both sides on one axis. @param {[number[], (number|null)[]][]} lines */
const together = (lines) => uPlot.join(lines);

/**
 * @param {HTMLElement} place @param {string} title @param {string} words @param {Chart} chart
 * @param {{label: string, of: (side: Side) => (number|null)[], shade: string}[]} kinds @param {(value: number) => string} text @param {(value: number) => string} short
 */
function overTime(place, title, words, chart, kinds, text, short) {
  const sides = /** @type {[string, Side][]} */ ([['baseline', chart.baseline], ['candidate', chart.candidate]]);
  const pairs = kinds.flatMap((kind) => sides.map(([name, side]) => ({kind, name, side})));
  const joined = together(pairs.map((pair) => [steps(pair.side), pair.kind.of(pair.side)]));
  /** @type {Series[]} */
  const series = pairs.map((pair, i) => ({
    label: (pair.kind.label + ' ' + pair.name).trim(),
    values: joined[i + 1],
    color: kinds.length === 1 ? color(pair.name === 'baseline' ? 'series-2' : 'series-1') : color(pair.kind.shade),
    dash: pair.name === 'baseline' ? [5, 4] : undefined,
    width: pair.name === 'baseline' ? 1.5 : 2,
    text,
  }));
  const made = frame(place, title, words, series);
  made.note.textContent = 'Dashed: baseline. Time counts from the beginning of each run; drag to zoom, double-click to reset.';
  return plot(title, made, {
    height: height(220),
    cursor: {y: false, drag: {x: true, y: false}, sync: {key: 'compare'}, points: {size: 6}},
    scales: {x: {time: false}, y: {range: fromZero}},
    axes: axes({values: (/** @type {any} */ u, /** @type {number[]} */ at) => at.map(clock), incrs: [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 86400]},
      {values: (/** @type {any} */ u, /** @type {number[]} */ at) => at.map(short)}),
    series: [{}, ...series.map((one) => line(title, one))],
    hooks: {setCursor: [(/** @type {any} */ u) => tellValues(made, series, u.cursor.idx)]},
  }, joined, series);
}

/** @param {HTMLElement} place @param {Chart} chart */
function spectra(place, chart) {
  const title = 'Percentile spectrum';
  // 1/(1−p) as a logarithm: 1 is 90 %, 2 is 99 %; the greatest stands half a step beyond the last.
  const place100 = (/** @type {number} */ count) => -Math.log10(1 - compared.spectrum[count - 1] / 100);
  /** @param {number[]} values @returns {[number[], number[]]} */
  const curve = (values) => {
    const last = values.length === compared.spectrum.length ? values.length - 1 : values.length;
    return [values.slice(0, last).map((_, i) => place100(i + 1)), values.slice(0, last)];
  };
  const joined = together([curve(chart.baseline.spectrum), curve(chart.candidate.spectrum)]);
  /** @type {Series[]} */
  const series = [
    {label: 'baseline', values: joined[1], color: color('series-2'), dash: [5, 4], width: 1.5, text: timeText},
    {label: 'candidate', values: joined[2], color: color('series-1'), width: 2, text: timeText},
  ];
  const made = frame(place, title, 'Every percentile of both sides, the rare ones drawn wide.', series);
  const hint = 'Each further mark to the right is ten times as rare. A curve ends where its samples end.';
  made.note.textContent = hint;
  const end = joined[0].length ? joined[0][joined[0].length - 1] : 1;
  const percent = (/** @type {number} */ x) => decimal(100 * (1 - Math.pow(10, -x)), Math.max(0, Math.ceil(x - 1e-9) - (x < 1 ? 1 : 2))) + ' %';
  return plot(title, made, {
    height: height(240),
    padding: [10, 28, 0, 0],
    cursor: {y: false, drag: {x: false, y: false}, points: {size: 6}},
    scales: {x: {time: false, min: 0, max: Math.max(end, 1)}, y: {range: fromZero}},
    axes: axes({splits: () => [0, Math.log10(2), 1, 2, 3, 4, 5].filter((x) => x <= Math.max(end, 1) + 1e-9), values: (/** @type {any} */ u, /** @type {number[]} */ at) => at.map(percent)},
      {values: (/** @type {any} */ u, /** @type {number[]} */ at) => at.map(shortTime)}),
    series: [{}, ...series.map((one) => ({...line(title, one), spanGaps: true}))],
    hooks: {setCursor: [(/** @type {any} */ u) => {
      const at = u.cursor.idx;
      tellValues(made, series, at);
      const none = at === null || at === undefined || u.cursor.left < 0;
      made.note.textContent = none ? hint : decimal(100 * (1 - Math.pow(10, -joined[0][at])), 3) + ' % of the requests were no slower';
    }]},
  }, joined, series);
}

/** The request whose charts are drawn. */
let chosen = 0;

function overlays() {
  const section = document.getElementById('overlays');
  const place = document.getElementById('charts');
  const select = /** @type {HTMLSelectElement|null} */ (document.getElementById('which'));
  const glance = /** @type {HTMLTableElement|null} */ (document.getElementById('glance'));
  if (!section || !place || !select || !glance || compared.charts.length === 0) return;
  section.hidden = false;
  compared.charts.forEach((chart, i) => {
    const option = document.createElement('option');
    option.value = String(i);
    option.textContent = chart.name.length > 80 ? chart.name.slice(0, 79) + '…' : chart.name;
    select.append(option);
  });
  const view = new View(place, () => {
    const chart = compared.charts[chosen];
    return [
      overTime(place, 'Throughput', 'Requests per second of both sides.', chart, [{label: '', of: (side) => side.throughput, shade: 'series-1'}], (value) => perSecondText(value) + ' per s', plainText),
      overTime(place, 'Response time', 'p50, p95 and p99 of both sides.', chart, [
        {label: 'p50', of: (side) => side.p50, shade: 'ramp-2'},
        {label: 'p95', of: (side) => side.p95, shade: 'series-3'},
        {label: 'p99', of: (side) => side.p99, shade: 'series-2'},
      ], timeText, shortTime),
      spectra(place, chart),
    ];
  });
  const choose = (/** @type {number} */ at) => {
    chosen = at;
    select.value = String(at);
    for (const row of glance.tBodies[0].rows) row.classList.toggle('chosen', Number(row.dataset.at) === at);
    view.again();
  };
  select.addEventListener('change', () => choose(Number(select.value)));
  for (const row of glance.tBodies[0].rows) {
    const name = row.cells[0].firstElementChild;
    if (!name) continue;
    const open = button('', () => { choose(Number(row.dataset.at)); section.scrollIntoView({block: 'start'}); });
    open.title = 'Show its charts';
    name.replaceWith(open);
    open.append(name);
  }
  choose(0);
}

function differences() {
  const table = /** @type {HTMLTableElement|null} */ (document.getElementById('differences'));
  if (!table || !table.tHead) return;
  const body = table.tBodies[0];
  const rows = Array.from(body.rows).map((row) => ({row, order: /** @type {(number|null)[]} */ (JSON.parse(row.dataset.order || '[]')),
    text: (row.cells[0].textContent + ' ' + row.cells[1].textContent).toLowerCase()}));
  const natural = rows.slice();
  /** @param {number} column @param {boolean} down */
  const sort = (column, down) => {
    rows.sort((a, b) => {
      const left = a.order[column];
      const right = b.order[column];
      if (left === null || right === null) return left === right ? natural.indexOf(a) - natural.indexOf(b) : left === null ? 1 : -1;
      return (down ? right - left : left - right) || natural.indexOf(a) - natural.indexOf(b);
    });
    body.append(...rows.map((one) => one.row));
    Array.from(/** @type {HTMLTableSectionElement} */ (table.tHead).rows[0].cells).forEach((head, i) => {
      if (i === column) head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      else head.removeAttribute('aria-sort');
    });
  };
  Array.from(table.tHead.rows[0].cells).forEach((head, column) => {
    const label = head.textContent || '';
    head.replaceChildren(button(label, () => {
      const now = head.getAttribute('aria-sort');
      sort(column, now ? now === 'ascending' : column > 1);
    }));
  });
  const filters = document.getElementById('filters');
  const filter = /** @type {HTMLInputElement|null} */ (document.getElementById('filter'));
  const shown = /** @type {HTMLInputElement|null} */ (document.getElementById('shown'));
  const words = document.getElementById('filter-words');
  if (!filters || !filter || !shown || !words) return;
  filters.hidden = false;
  const apply = () => {
    const wanted = filter.value.toLowerCase().split(/\s+/).filter((word) => word !== '');
    let left = 0;
    for (const one of rows) {
      const hide = !wanted.every((word) => one.text.includes(word)) || shown.checked && Number(one.order[6]) < 3;
      one.row.hidden = hide;
      left += hide ? 0 : 1;
    }
    words.textContent = left === rows.length ? '' : countText(left) + ' of ' + countText(rows.length);
  };
  filter.addEventListener('input', apply);
  shown.addEventListener('change', apply);
}

differences();
overlays();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => redraw(false));
addEventListener('beforeprint', () => { document.documentElement.classList.add('printing'); redraw(true); });
addEventListener('afterprint', () => { document.documentElement.classList.remove('printing'); redraw(false); });
