// The percentile spectrum: every percentile of a line, the rare ones drawn wide. Steps are where samples are, nothing is smoothed.

/* global uPlot */

import { axes, button, byArrows, color, frame, height, logTicks, plot, tellValues } from './chart.js';
import { decimal, shortTime, timeText } from './format.js';

const SPECTRUM_SHADES = ['series-1', 'series-2', 'series-3'];

/** 1/(1−p) as a logarithm: 1 is 90 %, 2 is 99 %. @param {number} x */
function rareText(x) {
  const percent = 100 * (1 - Math.pow(10, -x));
  return decimal(percent, Math.max(0, Math.ceil(x - 1e-9) - (x < 1 ? 1 : 2))) + ' %';
}

/** The curve: up to each x the time beneath it holds. @param {import('./histogram.js').Histogram} histogram @returns {[number[], number[]]} */
export function spectrumOf(histogram) {
  const xs = [0];
  const ys = [histogram.bounded(histogram.scale.upper(histogram.buckets[0]) / 1000)];
  let upTo = 0;
  histogram.buckets.forEach((bucket, i) => {
    upTo += histogram.counts[i];
    const rest = histogram.total - upTo;
    // Above 1 − 1/n there is the greatest sample only: its step is drawn half as long again and ends.
    xs.push(rest > 0 ? Math.log10(histogram.total / rest) : Math.log10(histogram.total * 2));
    ys.push(histogram.bounded(histogram.scale.upper(bucket) / 1000));
  });
  return [xs, ys];
}

let spectrumLog = false;

/**
 * @param {HTMLElement} place @param {{name: string, histogram: import('./histogram.js').Histogram}[]} lines up to three
 * @param {HTMLElement[]} tools @param {() => void} again
 */
export function spectrum(place, lines, tools, again) {
  const title = 'Percentile spectrum';
  const joined = uPlot.join(lines.map((one) => {
    const [xs, ys] = spectrumOf(one.histogram);
    return [xs, spectrumLog ? ys.map((y) => Math.log10(Math.max(y, 0.0005))) : ys];
  }));
  const millis = (/** @type {number} */ y) => spectrumLog ? Math.pow(10, y) : y;
  const series = lines.map((one, i) => ({label: one.name, values: /** @type {(number|null)[]} */ (joined[i + 1]), color: color(SPECTRUM_SHADES[i]),
    text: (/** @type {number} */ y) => timeText(millis(y))}));
  const made = frame(place, title, 'The greatest was ' + timeText(Math.max(...lines.map((one) => one.histogram.percentile(100) || 0))) + '.', series);
  const choose = button(spectrumLog ? 'Linear axis' : 'Logarithmic axis', () => { spectrumLog = !spectrumLog; again(); }, 'quiet');
  made.tools.append(...tools, choose);
  const hint = 'Each further mark to the right is ten times as rare. Where the curve ends, samples end.';
  made.note.textContent = hint;
  const end = Math.max(...lines.map((one) => Math.log10(one.histogram.total * 2)));
  const stepped = uPlot.paths.stepped({align: -1});
  const drawn = plot(title, made, {
    height: height(230),
    cursor: {y: false, drag: {x: false, y: false}, points: {size: 6}, dataIdx: (/** @type {any} */ u, /** @type {number} */ s, /** @type {number} */ closest, /** @type {number} */ x) => firstFrom(u.data[0], u.data[s], x, closest)},
    scales: {x: {time: false, min: 0, max: Math.max(end, 1)}, y: {range: spectrumLog ? (/** @type {any} */ u, /** @type {number} */ min, /** @type {number} */ max) => [min - 0.1, max + 0.1] : (/** @type {any} */ u, /** @type {number} */ min, /** @type {number} */ max) => [0, max * 1.08 || 1]}},
    axes: axes({splits: () => [0, Math.log10(2), 1, 2, 3, 4, 5, 6, 7, 8].filter((x) => x <= end + 1e-9), values: apart},
      {splits: spectrumLog ? logTicks(28) : undefined, values: (/** @type {any} */ u, /** @type {number[]} */ ys) => ys.map((y) => shortTime(millis(y)))}),
    series: [{}, ...series.map((one) => ({label: one.label, stroke: one.color, width: 1.75, spanGaps: true, points: {show: false}, paths: stepped}))],
    hooks: {
      setCursor: [(/** @type {any} */ u) => {
        const none = u.cursor.left < 0;
        series.forEach((one, i) => {
          const at = none ? null : u.cursor.idxs[i + 1];
          made.entries[i].now.textContent = at === null || at === undefined || one.values[at] === null || one.values[at] === undefined ? '' : one.text(Number(one.values[at]));
        });
        const x = none ? 0 : u.posToVal(u.cursor.left, 'x');
        made.note.textContent = none ? hint : decimal(100 * (1 - Math.pow(10, -x)), Math.max(1, Math.ceil(x))) + ' % of the requests were no slower; one in ' + decimal(Math.pow(10, x), x < 1 ? 1 : 0) + ' was slower';
      }],
    },
  }, joined, series);
  byArrows(made, drawn.plot);
  return drawn;
}

/** Labels as far as they do not touch each other. @param {any} u @param {number[]} xs */
function apart(u, xs) {
  let free = -Infinity;
  return xs.map((x) => {
    const text = rareText(x);
    const half = text.length * 3.4;
    const at = u.valToPos(x, 'x');
    if (at - half < free) return '';
    free = at + half + 6;
    return text;
  });
}

/** The step a percentile is in: the first point of that curve at or right of it. @param {number[]} xs @param {(number|null)[]} ys @param {number} x @param {number} closest */
function firstFrom(xs, ys, x, closest) {
  for (let i = 0; i < xs.length; i++) if (xs[i] >= x - 1e-12 && ys[i] !== null && ys[i] !== undefined) return i;
  return closest;
}
