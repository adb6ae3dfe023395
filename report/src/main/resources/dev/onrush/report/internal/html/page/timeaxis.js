// The time axis that charts share: one cursor, one window, the marks of the run; by mouse, finger and keyboard.

import { axes, button, color, element, fromZero, frame, height, line, logTicks, plot, tellValues, vertical } from './chart.js';
import { clock } from './format.js';
import { markText } from './marks.js';

/**
 * @typedef {import('./chart.js').Series} Series
 * @typedef {object} Chart
 * @property {string} title
 * @property {string} words what it says, for those who do not see it
 * @property {Series[]} series
 * @property {(value: number) => string} axisText
 * @property {number} [height]
 * @property {() => void} [again] draws anew: the chart can be switched to a logarithmic axis
 * @property {{values: (number|null)[], range: [number, number], ticks: (u: any, axis: number, min: number, max: number) => number[], paint: (u: any) => void,
 *   tell: (u: any, at: number|null, note: HTMLElement) => void}} [picture] drawn instead of lines; values place the cursor
 */

const INCREMENTS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 86400];
const HELP = ' Arrow keys move the cursor, Shift and arrow keys choose a window, Enter takes it, plus and minus narrow and widen, Escape goes back.';

/** Titles of charts whose axis is logarithmic. @type {Set<string>} */
const logCharts = new Set();

/** Ticks of a logarithmic axis of uPlot's own, whose scale is in plain numbers. @param {any} u @param {number} axis @param {number} min @param {number} max */
const powerTicks = (u, axis, min, max) => logTicks(24)(u, axis, Math.log10(min), Math.log10(max)).map((power) => Math.pow(10, power));

export class TimeAxis {
  /** @param {import('./selection.js').Selection} selection @param {import('./data.js').Mark[]} marks */
  constructor(selection, marks) {
    this.selection = selection;
    this.marks = marks;
    /** @type {Set<any>} */
    this.plots = new Set();
    /** Where the cursor is, seconds. @type {number|null} */
    this.at = null;
    /** While the cursors are moved: they must not move each other. */
    this.moving = false;
    /** Where a window that is being chosen began, seconds. @type {number|null} */
    this.anchor = null;
    /** @type {((at: number|null, byKey: boolean) => void)[]} */
    this.listeners = [];
    selection.subscribe(() => {
      this.anchor = null;
      const at = this.at;
      const {from, to} = selection.seconds();
      // uPlot would leave the cursors where they are on the screen; they stay where they are in time.
      this.moving = true;
      for (const one of this.plots) this.zoom(one);
      queueMicrotask(() => this.move(at !== null && at >= from && at <= to ? at : null, null));
    });
  }

  /** @param {any} u */
  zoom(u) {
    const {from, to} = this.selection.seconds();
    u.setScale('x', {min: from, max: to});
    u.setSelect({left: 0, width: 0, top: 0, height: 0}, false);
  }

  /** Moves the cursor of every chart. @param {number|null} seconds @param {any} source the chart that knows already @param {boolean} [byKey] */
  move(seconds, source, byKey) {
    this.at = seconds;
    this.moving = true;
    for (const one of this.plots) {
      if (one !== source) one.setCursor(seconds === null ? {left: -10, top: -10} : {left: one.valToPos(seconds, 'x'), top: 1}, true, false);
    }
    this.moving = false;
    for (const listener of this.listeners) listener(seconds, !!byKey);
  }

  /** Draws a chart on this axis. @param {HTMLElement} place @param {number[]} from where each step begins, seconds @param {number} step @param {Chart} chart */
  draw(place, from, step, chart) {
    const {title, series} = chart;
    const made = frame(place, title, chart.words, series);
    const xs = from.map((begin) => begin + step / 2);
    const {from: min, to: max} = this.selection.seconds();
    const picture = chart.picture;
    const log = chart.again !== undefined && logCharts.has(title);
    const above0 = (/** @type {(number|null)[]} */ values) => values.map((value) => value === null || value > 0 ? value : null);
    const values = [xs, ...(picture ? [picture.values] : series.map((one) => log ? above0(one.values) : one.values))];
    const {again} = chart;
    if (again) {
      made.tools.append(button(log ? 'Linear axis' : 'Logarithmic axis', () => {
        if (!logCharts.delete(title)) logCharts.add(title);
        again();
      }, 'quiet'));
    }
    const flag = element('div', 'flag');
    flag.hidden = true;
    const options = {
      height: height(chart.height || 200),
      cursor: {y: false, drag: {x: true, y: false, setScale: false, dist: 5}, points: {size: 6}, bind: {dblclick: () => () => { this.selection.reset(); return null; }}},
      scales: {x: {time: false, min, max}, y: log ? {distr: 3, range: (/** @type {any} */ u, /** @type {number} */ least, /** @type {number} */ most) => least > 0 ? [least * 0.8, most * 1.25] : [0.1, 10]}
        : {range: picture ? () => picture.range : fromZero}},
      axes: axes(
        {values: (/** @type {any} */ u, /** @type {number[]} */ at) => at.map(clock), incrs: INCREMENTS},
        {splits: picture ? picture.ticks : log ? powerTicks : undefined, filter: log ? (/** @type {any} */ u, /** @type {number[]} */ at) => at : undefined, values: (/** @type {any} */ u, /** @type {number[]} */ at) => at.map(chart.axisText)}),
      series: [{}, ...(picture ? [{stroke: 'transparent', points: {show: false}, paths: () => null}] : series.map((one) => line(title, one)))],
      hooks: {
        drawAxes: [(/** @type {any} */ u) => { if (picture) picture.paint(u); }],
        draw: [(/** @type {any} */ u) => this.drawMarks(u)],
        setCursor: [(/** @type {any} */ u) => {
          const at = u.cursor.left < 0 ? null : u.cursor.idx;
          tellValues(made, series, at);
          if (picture) picture.tell(u, at === undefined ? null : at, made.note);
          this.flag(u, flag, step, !this.moving || document.activeElement === made.body);
          // A chart that is just being drawn has no say: no mouse has been there yet.
          if (!this.moving && u.cursor.event) this.move(u.cursor.left < 0 ? null : u.posToVal(u.cursor.left, 'x'), u);
        }],
        setSelect: [(/** @type {any} */ u) => {
          if (u.select.width > 0) this.take(u, u.posToVal(u.select.left, 'x'), u.posToVal(u.select.left + u.select.width, 'x'));
        }],
      },
    };
    const drawn = plot(title, made, options, values, series);
    drawn.plot.over.append(flag);
    this.plots.add(drawn.plot);
    this.byKeys(made.body, drawn.plot, step, title + '. ' + chart.words);
    this.byFinger(drawn.plot);
    return {plot: drawn.plot, made, destroy: () => { this.plots.delete(drawn.plot); drawn.destroy(); }};
  }

  /** @param {any} u @param {number} from @param {number} to */
  take(u, from, to) {
    u.setSelect({left: 0, width: 0, top: 0, height: 0}, false);
    // Not while uPlot still handles the event: the chart may be drawn anew.
    queueMicrotask(() => this.selection.choose(from, to));
  }

  /** Says beside the cursor which time that is, and what happened then. @param {any} u @param {HTMLElement} flag @param {number} step @param {boolean} here whether it is this chart that one looks at */
  flag(u, flag, step, here) {
    const left = u.cursor.left;
    flag.hidden = !here || left < 0;
    if (flag.hidden) return;
    const near = this.marks.filter((mark) => Math.abs(u.valToPos(mark.at, 'x') - left) < 7).slice(0, 3);
    flag.textContent = [clock(Math.floor(u.posToVal(left, 'x') / step) * step), ...near.map(markText)].join(' · ');
    const right = left > u.over.clientWidth / 2;
    flag.style.left = right ? '' : left + 8 + 'px';
    flag.style.right = right ? u.over.clientWidth - left + 8 + 'px' : '';
  }

  /** @param {any} u */
  drawMarks(u) {
    for (const mark of this.marks) {
      const stall = mark.kind.startsWith('stall');
      vertical(u, mark.at, color(stall || mark.kind === 'stop' ? 'bad' : 'soft'), stall ? 2 : 1);
    }
  }

  /** @param {HTMLElement} body @param {any} u @param {number} step @param {string} words */
  byKeys(body, u, step, words) {
    body.tabIndex = 0;
    body.setAttribute('role', 'application');
    body.setAttribute('aria-roledescription', 'chart over time');
    body.setAttribute('aria-label', words + HELP);
    body.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const {from, to} = this.selection.seconds();
      const here = this.at === null ? from + step / 2 : this.at;
      const within = (/** @type {number} */ seconds) => Math.max(from + step / 2, Math.min(to - step / 2, seconds));
      const go = (/** @type {number} */ seconds) => {
        if (event.shiftKey && this.anchor === null) this.anchor = here;
        if (!event.shiftKey && !['Home', 'End'].includes(event.key)) this.anchor = null;
        this.move(within(seconds), null, true);
        this.showPending(u);
      };
      const jump = event.key.startsWith('Page') ? 10 : 1;
      if (event.key === 'ArrowRight' || event.key === 'PageDown') go(this.at === null ? here : here + step * jump);
      else if (event.key === 'ArrowLeft' || event.key === 'PageUp') go(here - step * jump);
      else if (event.key === 'Home') go(from);
      else if (event.key === 'End') go(to);
      else if (event.key === 'Enter' && this.anchor !== null) this.selection.choose(Math.min(this.anchor, here) - step / 2, Math.max(this.anchor, here) + step / 2);
      else if (event.key === '+' || event.key === '=') this.widen(here, (to - from) / 2);
      else if (event.key === '-') this.widen((from + to) / 2, (to - from) * 2);
      else if (event.key === 'Escape') this.back(u);
      else return;
      event.preventDefault();
    });
    body.addEventListener('blur', () => { if (this.anchor === null) this.move(null, null, true); });
  }

  /** @param {any} u drops a window that is being chosen, else shows the whole run */
  back(u) {
    if (this.anchor === null) this.selection.reset();
    this.anchor = null;
    this.showPending(u);
  }

  /** @param {number} middle @param {number} seconds */
  widen(middle, seconds) {
    if (seconds >= this.selection.end) this.selection.reset();
    else {
      const from = Math.max(0, Math.min(middle - seconds / 2, this.selection.end - seconds));
      this.selection.choose(from, from + Math.max(seconds, this.selection.step));
    }
  }

  /** @param {any} u */
  showPending(u) {
    const [a, b] = this.anchor === null || this.at === null ? [0, 0] : [this.anchor, this.at].map((seconds) => u.valToPos(seconds, 'x'));
    u.setSelect({left: Math.min(a, b), width: Math.abs(b - a), top: 0, height: u.over.clientHeight}, false);
  }

  /** A finger that moves sideways chooses; one that moves up or down scrolls the page. @param {any} u */
  byFinger(u) {
    const over = u.over;
    let began = -1;
    const x = (/** @type {PointerEvent} */ event) => Math.max(0, Math.min(over.clientWidth, event.clientX - over.getBoundingClientRect().left));
    over.addEventListener('pointerdown', (/** @type {PointerEvent} */ event) => { if (event.pointerType === 'touch') began = x(event); });
    over.addEventListener('pointermove', (/** @type {PointerEvent} */ event) => {
      if (began < 0 || event.pointerType !== 'touch') return;
      this.move(u.posToVal(x(event), 'x'), null);
      u.setSelect({left: Math.min(began, x(event)), width: Math.abs(x(event) - began), top: 0, height: over.clientHeight}, false);
    });
    over.addEventListener('pointerup', (/** @type {PointerEvent} */ event) => {
      if (began < 0 || event.pointerType !== 'touch') return;
      const end = x(event);
      if (Math.abs(end - began) > 12) this.take(u, u.posToVal(Math.min(began, end), 'x'), u.posToVal(Math.max(began, end), 'x'));
      began = -1;
    });
    over.addEventListener('pointercancel', () => { began = -1; });
  }
}
