// What every chart has: title, legend whose entries switch series on and off, the canvas in its place, drawn anew when colours change.

/* global uPlot */

/**
 * @typedef {{label: string, values: (number|null)[], color: string, text: (value: number) => string, width?: number, fill?: string,
 *   off?: boolean, dash?: number[]}} Series
 * @typedef {{button: HTMLButtonElement, now: HTMLElement}} Entry
 * @typedef {{chart: HTMLElement, body: HTMLElement, note: HTMLElement, tools: HTMLElement, entries: Entry[]}} Frame
 * @typedef {{destroy: () => void}} Drawn
 */

export const FONT = '12px system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif';
const PRINT_WIDTH = 680;

/** @param {string} name a colour of the style sheet, as it is now */
export const color = (name) => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();

/** @param {string} tag @param {string} [className] @param {string} [text] */
export function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** @param {string} text @param {() => void} act @param {string} [className] */
export function button(text, act, className) {
  const made = /** @type {HTMLButtonElement} */ (element('button', className, text));
  made.type = 'button';
  made.addEventListener('click', act);
  return made;
}

const printing = () => document.documentElement.classList.contains('printing');

/** Series that were switched on or off by hand, so that drawing anew keeps them. @type {Map<string, boolean>} */
const switched = new Map();

/** @param {string} title @param {Series} one */
const shows = (title, one) => {
  const chosen = switched.get(title + '\n' + one.label);
  return chosen === undefined ? !one.off : chosen;
};

/**
 * @param {HTMLElement} parent @param {string} title @param {string} words what the chart says, for those who do not see it @param {Series[]} series
 * @returns {Frame}
 */
export function frame(parent, title, words, series) {
  const chart = element('figure', 'chart');
  const head = element('figcaption', 'chart-head');
  const tools = element('span', 'chart-tools');
  head.append(element('h3', '', title), tools);
  const legend = element('div', 'legend');
  const entries = series.map((one) => {
    const entry = /** @type {HTMLButtonElement} */ (element('button'));
    entry.type = 'button';
    entry.title = one.label;
    entry.setAttribute('aria-pressed', String(shows(title, one)));
    const swatch = element('span', one.dash ? 'swatch dashed' : 'swatch');
    swatch.style.color = one.color;
    const now = element('span', 'now');
    // Room for the widest figure, so that nothing moves while the cursor does.
    const widest = one.values.reduce((/** @type {number} */ most, value) => Math.max(most, value || 0), 0);
    now.style.minWidth = one.text(widest).length + 'ch';
    const label = element('span', 'label');
    label.append(element('bdi', '', one.label));
    entry.append(swatch, label, now);
    legend.append(entry);
    return {button: entry, now};
  });
  const note = element('p', 'note');
  const body = element('div', 'chart-body');
  body.setAttribute('role', 'img');
  body.setAttribute('aria-label', title + '. ' + words);
  chart.append(head, legend, body, note);
  parent.append(chart);
  return {chart, body, note, tools, entries};
}

/** Shows what the cursor is at in the legend. @param {Frame} made @param {Series[]} series @param {number|null|undefined} at */
export function tellValues(made, series, at) {
  made.entries.forEach((entry, i) => {
    const value = at === null || at === undefined ? undefined : series[i].values[at];
    entry.now.textContent = value === undefined ? '' : value === null ? '–' : series[i].text(value);
  });
}

/** How uPlot is told of a series. @param {string} title @param {Series} one */
export const line = (title, one) => ({
  label: one.label, stroke: one.color, width: one.width || 1.75, dash: one.dash, fill: one.fill, show: shows(title, one), spanGaps: false,
  points: {show: false, filter: alone, size: 6},
});

/** Figures without neighbours, which no line would show. @param {any} u @param {number} series @param {boolean} all */
export function alone(u, series, all) {
  if (all) return null;
  const values = u.data[series];
  const missing = (/** @type {number} */ i) => values[i] === null || values[i] === undefined;
  const found = [];
  for (let i = 0; i < values.length; i++) if (!missing(i) && missing(i - 1) && missing(i + 1)) found.push(i);
  return found.length > 0 ? found : null;
}

/** @param {Frame} made */
export const width = (made) => printing() ? PRINT_WIDTH : made.body.clientWidth || 600;

/** @param {number} usual */
export const height = (usual) => window.innerWidth < 600 ? Math.round(usual * 0.85) : usual;

/** @returns {any[]} the axes of a chart @param {object} x @param {object} y */
export function axes(x, y) {
  const soft = color('soft');
  return [
    {stroke: soft, font: FONT, grid: {show: false}, ticks: {stroke: color('line'), size: 4}, size: 30, ...x},
    {stroke: soft, font: FONT, grid: {stroke: color('line'), width: 1}, ticks: {show: false}, size: 60, ...y},
  ];
}

/** From zero to a little above the greatest. @param {any} u @param {number} min @param {number} max */
export const fromZero = (u, min, max) => [0, max > 0 ? max * 1.08 : 1];

/**
 * Draws, switches series with the legend, follows the width of its place.
 * @param {string} title @param {Frame} made @param {any} options @param {any} values @param {Series[]} series @returns {{plot: any, destroy: () => void}}
 */
export function plot(title, made, options, values, series) {
  const drawn = new uPlot({width: width(made), legend: {show: false}, padding: [10, 18, 0, 0], ...options}, values, made.body);
  made.entries.forEach((entry, i) => entry.button.addEventListener('click', () => {
    const shown = entry.button.getAttribute('aria-pressed') !== 'true';
    switched.set(title + '\n' + series[i].label, shown);
    entry.button.setAttribute('aria-pressed', String(shown));
    drawn.setSeries(i + 1, {show: shown});
  }));
  const observer = new ResizeObserver(() => {
    const now = made.body.clientWidth;
    if (now > 0 && now !== drawn.width && !printing()) drawn.setSize({width: now, height: drawn.height});
  });
  observer.observe(made.body);
  return {plot: drawn, destroy: () => { observer.disconnect(); drawn.destroy(); made.chart.remove(); }};
}

/** Arrow keys move the cursor of a chart that has an axis of its own; what it is at is told. @param {Frame} made @param {any} u */
export function byArrows(made, u) {
  made.body.tabIndex = 0;
  made.body.setAttribute('role', 'application');
  made.body.setAttribute('aria-roledescription', 'chart');
  made.note.setAttribute('aria-live', 'polite');
  let at = -1;
  made.body.addEventListener('keydown', (event) => {
    const by = {ArrowRight: 1, ArrowLeft: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity}[event.key];
    if (by === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    const xs = u.data[0];
    const from = u.cursor.left < 0 ? -1 : at;
    at = Math.max(0, Math.min(xs.length - 1, from + by));
    u.setCursor({left: u.valToPos(xs[at], 'x'), top: 1}, true, false);
    event.preventDefault();
  });
  made.body.addEventListener('blur', () => u.setCursor({left: -10, top: -10}, true, false));
}

/** Lines across the curves, dashed. @param {any} u @param {number} x @param {string} stroke @param {number} [thick] */
export function vertical(u, x, stroke, thick) {
  const at = Math.round(u.valToPos(x, 'x', true));
  if (at < u.bbox.left || at > u.bbox.left + u.bbox.width) return;
  u.ctx.save();
  u.ctx.strokeStyle = stroke;
  u.ctx.lineWidth = uPlot.pxRatio * (thick || 1);
  u.ctx.setLineDash([4 * uPlot.pxRatio, 3 * uPlot.pxRatio]);
  u.ctx.beginPath();
  u.ctx.moveTo(at, u.bbox.top);
  u.ctx.lineTo(at, u.bbox.top + u.bbox.height);
  u.ctx.stroke();
  u.ctx.restore();
}

/** Ticks of a logarithmic scale whose values are logarithms already, as many as there is room for. @param {number} room pixels of one tick @returns {(u: any, axis: number, min: number, max: number) => number[]} */
export const logTicks = (room) => (u, axis, min, max) => {
  const most = Math.max(2, Math.floor((axis === 0 ? u.bbox.width : u.bbox.height) / uPlot.pxRatio / room));
  for (const leads of [[1, 2, 5], [1, 3], [1]]) {
    const ticks = [];
    for (let power = Math.floor(min); power <= max; power++) for (const lead of leads) ticks.push(Math.log10(lead) + power);
    const inside = ticks.filter((x) => x >= min - 1e-9 && x <= max + 1e-9);
    if (inside.length <= most && inside.length >= 2) return inside;
  }
  return [0, 1, 2, 3].map((i) => min + (max - min) * (i + 0.5) / 4);
};

/** Views of the page that draw charts. @type {Set<View>} */
const views = new Set();

/** A part of the page whose charts are drawn together; first when it comes near the window's edge. */
export class View {
  /** @param {HTMLElement} place @param {() => Drawn[]} draw */
  constructor(place, draw) {
    this.draw = draw;
    /** @type {Drawn[]} */
    this.drawn = [];
    this.near = false;
    this.place = place;
    this.observer = new IntersectionObserver((seen) => {
      if (!this.near && seen.some((one) => one.isIntersecting)) this.show();
    }, {rootMargin: '500px'});
    this.observer.observe(place);
    views.add(this);
  }

  show() {
    this.near = true;
    this.again();
  }

  /** Draws anew, if it was drawn. */
  again() {
    if (!this.near) return;
    // The place keeps its height meanwhile, so that the page does not jump.
    this.place.style.minHeight = this.place.offsetHeight + 'px';
    for (const one of this.drawn) one.destroy();
    this.drawn = this.draw();
    this.place.style.minHeight = '';
  }
}

/** @param {boolean} all also what was not near yet, for paper */
export function redraw(all) {
  for (const view of views) {
    if (all) view.near = true;
    view.again();
  }
}
