// Response time against throughput: a point for each step. Where times rise while the rate no longer does, the target is full.

/* global uPlot */

import { axes, byArrows, color, frame, fromZero, height, plot } from './chart.js';
import { perSecondText, shortTime, timeText } from './format.js';

/**
 * @param {HTMLElement} place @param {{rate: number, times: (number|null)[]}[]} steps with something in them
 * @param {string[]} names of the times @param {string[]} shades
 */
export function throughput(place, steps, names, shades) {
  const title = 'Response time against throughput';
  const sorted = steps.slice().sort((a, b) => a.rate - b.rate);
  const series = names.map((label, i) => ({label, values: sorted.map((one) => one.times[i]), color: color(shades[i]), text: timeText}));
  const most = sorted.length ? sorted[sorted.length - 1].rate : 0;
  const made = frame(place, title, 'Up to ' + perSecondText(most) + ' requests per second.', series);
  const hint = 'One point for each step, across: requests per second.';
  made.note.textContent = hint;
  const drawn = plot(title, made, {
    height: height(230),
    cursor: {y: false, x: false, drag: {x: false, y: false}, points: {size: 9}},
    scales: {x: {time: false, min: 0, max: most * 1.05 || 1}, y: {range: fromZero}},
    axes: axes({values: (/** @type {any} */ u, /** @type {number[]} */ xs) => xs.map((x) => +x.toPrecision(3) + '/s')},
      {values: (/** @type {any} */ u, /** @type {number[]} */ ys) => ys.map(shortTime)}),
    series: [{}, ...series.map((one) => ({label: one.label, stroke: one.color, paths: () => null, points: {show: true, size: 6, fill: one.color, width: 0}}))],
    hooks: {
      setCursor: [(/** @type {any} */ u) => {
        const i = u.cursor.left < 0 ? null : u.cursor.idx;
        made.entries.forEach((entry, s) => { entry.now.textContent = i === null || i === undefined ? '' : timeText(series[s].values[i]); });
        made.note.textContent = i === null || i === undefined ? hint : 'At ' + perSecondText(sorted[i].rate) + ' requests per second';
      }],
    },
  }, [sorted.map((one) => one.rate), ...series.map((one) => one.values)], series);
  byArrows(made, drawn.plot);
  return drawn;
}
