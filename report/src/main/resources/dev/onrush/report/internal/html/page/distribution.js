// How the times of one line are spread: bars of the share of requests, on a distributionLog or a linear axis.

/* global uPlot */

import { axes, button, byArrows, color, fromZero, frame, height, logTicks, plot, tellValues, vertical } from './chart.js';
import { countText, decimal, shortTime, timeText } from './format.js';
import { Histogram } from './histogram.js';

const BARS = 60;

/** Bins of equal width on that axis: edges and the counts of each histogram between them. @param {Histogram} all @param {Histogram[]} parts @param {boolean} log */
function bins(all, parts, log) {
  const scale = (/** @type {number} */ micros) => log ? Math.log10(Math.max(micros, 0.5) / 1000) : micros / 1000;
  const of = all.scale;
  const least = scale(of.lower(all.buckets[0]));
  const top = all.buckets[all.buckets.length - 1];
  // On the linear axis a few outliers would press all the rest into one bar: what is above p99.9 stands in the last one.
  const most = log ? scale(of.upper(top) + 1) : Math.max(all.percentile(99.9) || 0, least + 0.001);
  // A bar that is narrower than a bucket would stand out or be missing by chance.
  const narrowest = log ? Math.log10(1 + 1 / of.perDoubling) : Math.max(0.001, most / of.perDoubling);
  const count = Math.max(1, Math.min(BARS, Math.floor((most - least) / narrowest)));
  const width = Math.max((most - least) / count, narrowest);
  const edges = Array.from({length: count + 1}, (_, i) => least + i * width);
  const counts = parts.map((part) => {
    const shares = new Array(count).fill(0);
    part.buckets.forEach((bucket, i) => {
      const middle = scale((of.lower(bucket) + of.upper(bucket)) / 2);
      shares[Math.max(0, Math.min(count - 1, Math.floor((middle - least) / width)))] += part.counts[i];
    });
    return shares;
  });
  return {edges, counts, cut: !log && of.upper(top) / 1000 > most};
}

/** Whether the axis is distributionLog; it stays as it was chosen when another line is opened. */
let distributionLog = true;

/**
 * @param {HTMLElement} place @param {Histogram} ok @param {Histogram} ko @param {Histogram} all
 * @param {{name: string, millis: number}[]} marks percentiles @param {() => void} again
 */
export function distribution(place, ok, ko, all, marks, again) {
  const title = 'Distribution of response times';
  const failures = ko.total > 0;
  const {edges, counts, cut} = bins(all, [ok, ko], distributionLog);
  const share = (/** @type {number} */ n) => 100 * n / all.total;
  const shareText = (/** @type {number} */ n) => decimal(n, n < 10 ? 2 : 1) + ' %';
  const both = counts[0].map((n, i) => n + counts[1][i]);
  // KO bars stand on the OK bars: they are drawn to the sum of both, and told by themselves.
  const series = [
    ...(failures ? [{label: 'KO', values: counts[1].map(share), color: color('bad'), text: shareText}] : []),
    {label: 'OK', values: counts[0].map(share), color: color('bar'), text: shareText},
  ];
  const drawnValues = failures ? [both.map(share), counts[0].map(share)] : [counts[0].map(share)];
  const words = marks.map((mark) => mark.name + ' ' + timeText(mark.millis)).join(' · ');
  const made = frame(place, title, words, series);
  const choose = button(distributionLog ? 'Linear axis' : 'Logarithmic axis', () => { distributionLog = !distributionLog; again(); }, 'quiet');
  choose.dataset.axis = distributionLog ? 'log' : 'linear';
  made.tools.append(choose);
  const hint = (distributionLog ? 'Logarithmic axis; dashed: ' : 'Linear axis; dashed: ') + words + (cut ? '; all above p99.9 stands in the last bar' : '');
  made.note.textContent = hint;
  const at = (/** @type {number} */ millis) => distributionLog ? Math.log10(Math.max(millis, 0.0005)) : millis;
  const millis = (/** @type {number} */ x) => distributionLog ? Math.pow(10, x) : x;
  const last = edges.length - 1;
  const spare = edges[last] - edges[0] < 0.01 && distributionLog ? 0.3 : 0;
  const drawn = plot(title, made, {
    height: height(230),
    cursor: {y: false, drag: {x: false, y: false}, points: {show: false}},
    scales: {x: {time: false, min: edges[0] - spare, max: edges[last] + spare}, y: {range: fromZero}},
    axes: axes({splits: distributionLog ? logTicks(70) : undefined, values: (/** @type {any} */ u, /** @type {number[]} */ xs) => xs.map((x) => shortTime(millis(x)))},
      {values: (/** @type {any} */ u, /** @type {number[]} */ ys) => ys.map((y) => +y.toPrecision(3) + ' %')}),
    series: [{}, ...series.map((one) => ({label: one.label, stroke: one.color, width: 0, fill: one.color, points: {show: false}, paths: uPlot.paths.bars({size: [0.9, 60]})}))],
    hooks: {
      draw: [(/** @type {any} */ u) => { for (const mark of marks) vertical(u, at(mark.millis), color('ink')); }],
      setCursor: [(/** @type {any} */ u) => {
        const i = u.cursor.left < 0 ? null : u.cursor.idx;
        tellValues(made, series, i);
        made.note.textContent = i === null || i === undefined ? hint
          : timeText(millis(edges[i])) + ' to ' + timeText(millis(edges[i + 1])) + ': ' + countText(both[i]) + ' of ' + countText(all.total);
      }],
    },
  }, [both.map((_, i) => (edges[i] + edges[i + 1]) / 2), ...drawnValues], series);
  byArrows(made, drawn.plot);
  return drawn;
}
