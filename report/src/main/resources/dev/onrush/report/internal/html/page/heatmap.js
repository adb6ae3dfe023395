// Response time over time as a heat map: how many requests took so long in each step. Humps that percentiles hide show here.

/* global uPlot */

import { color, element, height, logTicks } from './chart.js';
import { clock, countText, counted, shortTime, timeText } from './format.js';

const HEAT_ROWS = 48;
const HEAT_SHADES = 5;

/** @param {string} hex @returns {number[]} */
const rgb = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

/** Colours of the ramp between those of the style sheet. @returns {string[]} */
function ramp() {
  const stops = Array.from({length: HEAT_SHADES}, (_, i) => rgb(color('heat-' + (i + 1))));
  return Array.from({length: 64}, (_, i) => {
    const at = i / 63 * (HEAT_SHADES - 1);
    const low = Math.min(HEAT_SHADES - 2, Math.floor(at));
    return 'rgb(' + stops[low].map((one, c) => Math.round(one + (stops[low + 1][c] - one) * (at - low))).join(',') + ')';
  });
}

/**
 * Counts of each cell: columns of several steps, rows of equal width on the logarithmic axis.
 * @param {import('./histogram.js').PackedSteps[]} sources @param {number} from @param {number} to steps @param {number} most columns
 */
export function heatOf(sources, from, to, most) {
  const scale = sources[0].buckets;
  const perColumn = Math.max(1, Math.ceil((to - from) / most));
  const columns = Math.ceil((to - from) / perColumn);
  let least = Infinity;
  let greatest = -1;
  for (const source of sources) source.each(from, to, (bucket) => { least = Math.min(least, bucket); greatest = Math.max(greatest, bucket); });
  if (greatest < 0) return null;
  const log = (/** @type {number} */ micros) => Math.log10(Math.max(micros, 0.5) / 1000);
  const low = log(scale.lower(least));
  const size = Math.max((log(scale.upper(greatest) + 1) - low) / HEAT_ROWS, Math.log10(1 + 1 / scale.perDoubling));
  const counts = new Float64Array(columns * HEAT_ROWS);
  let top = 0;
  for (const source of sources) {
    source.each(from, to, (bucket, count, step) => {
      const bin = Math.max(0, Math.min(HEAT_ROWS - 1, Math.floor((log((scale.lower(bucket) + scale.upper(bucket)) / 2) - low) / size)));
      const at = Math.floor((step - from) / perColumn) * HEAT_ROWS + bin;
      counts[at] += count;
      top = Math.max(top, counts[at]);
    });
  }
  return {perColumn, columns, low, size, bins: HEAT_ROWS, counts, top};
}

/**
 * @param {HTMLElement} place @param {import('./figures.js').Source} source @param {import('./selection.js').Selection} selection
 * @param {import('./timeaxis.js').TimeAxis} shared
 */
export function heatmap(place, source, selection, shared) {
  const {from, to} = selection.steps();
  const most = Math.max(20, Math.floor((place.clientWidth || 600) / 2 / 4));
  const heat = heatOf([source.ok, source.ko], from, to, most);
  if (heat === null) return null;
  const shades = ramp();
  const shade = (/** @type {number} */ count) => shades[heat.top <= 1 ? 63 : Math.round(63 * Math.log(count) / Math.log(heat.top))];
  const step = heat.perColumn * selection.step;
  const begins = Array.from({length: heat.columns}, (_, i) => from * selection.step + i * step);
  // uPlot places cursor and scales by a series that is not drawn: the greatest time of each column.
  const greatest = begins.map((_, column) => {
    for (let bin = heat.bins - 1; bin >= 0; bin--) if (heat.counts[column * heat.bins + bin] > 0) return heat.low + (bin + 1) * heat.size;
    return null;
  });
  const hint = 'Logarithmic axis; the stronger the colour, the more requests.';
  /** @type {(u: any, column: number|null, note: HTMLElement) => void} */
  const tell = (u, column, note) => {
    const bin = column === null ? -1 : Math.floor((u.posToVal(u.cursor.top, 'y') - heat.low) / heat.size);
    note.textContent = column === null || column >= heat.columns ? hint
      : clock(begins[column]) + '–' + clock(begins[column] + step) + (bin < 0 || bin >= heat.bins || u.cursor.top <= 1 ? ''
        : ', ' + timeText(Math.pow(10, heat.low + bin * heat.size)) + ' to ' + timeText(Math.pow(10, heat.low + (bin + 1) * heat.size)) + ': '
          + counted(heat.counts[column * heat.bins + bin], 'request', 'requests'));
  };

  /** @type {(u: any) => void} */
  const paint = (u) => {
    const ctx = u.ctx;
    const x = (/** @type {number} */ seconds) => Math.round(u.valToPos(seconds, 'x', true));
    const y = (/** @type {number} */ log) => Math.round(u.valToPos(log, 'y', true));
    ctx.save();
    ctx.beginPath();
    ctx.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
    ctx.clip();
    for (let column = 0; column < heat.columns; column++) {
      const left = x(begins[column]);
      const right = Math.max(left + uPlot.pxRatio, x(begins[column] + step));
      for (let bin = 0; bin < heat.bins; bin++) {
        const count = heat.counts[column * heat.bins + bin];
        if (count === 0) continue;
        const top = y(heat.low + (bin + 1) * heat.size);
        ctx.fillStyle = shade(count);
        ctx.fillRect(left, top, right - left, Math.max(uPlot.pxRatio, y(heat.low + bin * heat.size) - top));
      }
    }
    ctx.restore();
  };

  const drawn = shared.draw(place, begins, step, {
    title: 'Response time over time', words: 'A heat map: at most ' + countText(heat.top) + ' requests in one cell.',
    series: [], axisText: (y) => shortTime(Math.pow(10, y)), height: 230,
    picture: {values: greatest, range: [heat.low - heat.size, heat.low + heat.bins * heat.size], ticks: logTicks(28), paint, tell},
  });
  drawn.made.note.textContent = hint;
  const scale = element('span', 'heat-scale');
  scale.append('1 ', ...[0, 16, 32, 48, 63].map((at) => {
    const one = element('span', 'heat');
    one.style.background = shades[at];
    return one;
  }), ' ' + counted(heat.top, 'request', 'requests'));
  drawn.made.tools.append(scale);
  return drawn;
}
