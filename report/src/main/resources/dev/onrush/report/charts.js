// The charts: users, requests per second, response times on one time axis, and how response times are spread.
(() => {
  'use strict';

  /**
   * @typedef {{name: string, values: (number|null)[]}} Line
   * @typedef {{step: number, from: number[], active: number[], scenarios: Line[], started: number[], ok: number[],
   *   ko: number[], percentiles: Line[], max: (number|null)[], marks: {at: number, kind: string, text: string}[]}} Axis
   * @typedef {{edges: number[], ok: number[], ko: number[], percentiles: {name: string, millis: number}[]}} Spread
   * @typedef {{label: string, values: (number|null)[], color: string, width?: number, fill?: string, off?: boolean,
   *   dash?: number[], text: (value: number) => string}} Series
   */

  const source = document.getElementById('data');
  if (!source) return;
  /** @type {{axis: Axis|null, spread: Spread|null}} */
  const data = JSON.parse(source.textContent || '{}');
  const axis = data.axis;
  const spread = data.spread;
  const place = document.getElementById('charts');
  const spreadPlace = document.getElementById('spread');
  const font = '12px system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif';

  /** @param {string} name a colour of the style sheet, as it is now */
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();

  /** @param {string} whole */
  const grouped = (whole) => whole.replace(/\B(?=(\d{3})+$)/g, '\u202f');

  /** @param {number} value @param {number} decimals */
  function decimal(value, decimals) {
    const [whole, fraction] = value.toFixed(decimals).split('.');
    return fraction === undefined ? grouped(whole) : grouped(whole) + '.' + fraction;
  }

  /** @param {number} value */
  const plain = (value) => Number.isInteger(value) ? decimal(value, 0) : decimal(value, value < 10 ? 2 : 1);

  /** @param {number} millis */
  function time(millis) {
    if (millis === 0) return '0 ms';
    const size = Math.abs(millis);
    if (size >= 10000) return decimal(millis / 1000, 1) + ' s';
    return decimal(millis, size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3) + ' ms';
  }

  /** A time on an axis: no more digits than it needs. @param {number} millis */
  function shortTime(millis) {
    if (millis === 0) return '0';
    return millis >= 1000 ? grouped(String(+(millis / 1000).toPrecision(6))) + ' s' : +millis.toPrecision(6) + ' ms';
  }

  /** A point of the run as m:ss. @param {number} seconds */
  function clock(seconds) {
    const whole = Math.round(seconds);
    const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
    const hours = Math.floor(whole / 3600);
    const minutes = Math.floor(whole / 60) % 60;
    return hours > 0 ? hours + ':' + two(minutes) + ':' + two(whole % 60) : minutes + ':' + two(whole % 60);
  }

  /** @param {string} tag @param {string} className @param {string} [text] */
  function element(tag, className, text) {
    const made = document.createElement(tag);
    made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  /** Charts drawn at the moment, so that they can be drawn anew. @type {{destroy: () => void}[]} */
  let drawn = [];

  /**
   * Title, legend whose entries switch their series on and off, and the place of the canvas.
   * @param {HTMLElement} parent @param {string} title @param {string} words @param {Series[]} series
   */
  function frame(parent, title, words, series) {
    const chart = element('figure', 'chart');
    const head = element('figcaption', 'chart-head');
    head.append(element('h3', '', title));
    const legend = element('div', 'legend');
    const entries = series.map((one) => {
      const button = /** @type {HTMLButtonElement} */ (element('button', ''));
      button.type = 'button';
      button.setAttribute('aria-pressed', String(!one.off));
      button.title = one.label;
      const swatch = element('span', 'swatch');
      swatch.style.background = one.color;
      const now = element('span', 'now');
      const label = element('span', 'label');
      label.append(element('bdi', '', one.label));
      button.append(swatch, label, now);
      legend.append(button);
      return {button, now};
    });
    head.append(legend);
    const bodyPlace = element('div', 'chart-body');
    bodyPlace.setAttribute('role', 'img');
    bodyPlace.setAttribute('aria-label', title + '. ' + words);
    chart.append(head, bodyPlace);
    parent.append(chart);
    return {chart, bodyPlace, entries};
  }

  /** Lines under the curves where something happened. @param {any} u @param {number[]} xs @param {string} stroke */
  function verticals(u, xs, stroke) {
    const ctx = u.ctx;
    ctx.save();
    ctx.strokeStyle = stroke;
    ctx.lineWidth = uPlot.pxRatio;
    ctx.setLineDash([4 * uPlot.pxRatio, 3 * uPlot.pxRatio]);
    for (const x of xs) {
      const at = Math.round(u.valToPos(x, 'x', true));
      if (at < u.bbox.left || at > u.bbox.left + u.bbox.width) continue;
      ctx.beginPath();
      ctx.moveTo(at, u.bbox.top);
      ctx.lineTo(at, u.bbox.top + u.bbox.height);
      ctx.stroke();
    }
    ctx.restore();
  }

  /** Figures without neighbours, which no line would show. @param {any} u @param {number} series @param {boolean} all */
  function alone(u, series, all) {
    if (all) return null;
    const values = u.data[series];
    const missing = (/** @type {number} */ i) => values[i] === null || values[i] === undefined;
    const found = [];
    for (let i = 0; i < values.length; i++) if (!missing(i) && missing(i - 1) && missing(i + 1)) found.push(i);
    return found.length > 0 ? found : null;
  }

  /**
   * A chart on the time axis.
   * @param {Axis} a @param {string} title @param {string} words @param {Series[]} series @param {(value: number) => string} axisText
   */
  function overTime(a, title, words, series, axisText) {
    const parent = /** @type {HTMLElement} */ (place);
    const made = frame(parent, title, words, series);
    const soft = color('soft');
    const grid = {stroke: color('line'), width: 1};
    const options = {
      width: made.bodyPlace.clientWidth || 600,
      height: window.innerWidth < 600 ? 180 : 220,
      legend: {show: false},
      padding: [8, 12, 0, 0],
      cursor: {y: false, drag: {x: true, y: false}, sync: {key: 'onrush'}, points: {size: 6}},
      scales: {x: {time: false}, y: {range: (/** @type {any} */ u, /** @type {number} */ min, /** @type {number} */ max) => [0, max > 0 ? max * 1.08 : 1]}},
      axes: [
        {stroke: soft, font, grid: {show: false}, ticks: {stroke: color('line'), size: 4}, values: (/** @type {any} */ u, /** @type {number[]} */ at) => at.map(clock), incrs: [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 86400]},
        {stroke: soft, font, grid, ticks: {show: false}, size: 64, values: (/** @type {any} */ u, /** @type {number[]} */ at) => at.map(axisText)},
      ],
      series: [{}].concat(series.map((one) => ({
        label: one.label,
        stroke: one.color,
        width: one.width || 1.75,
        dash: one.dash,
        fill: one.fill,
        show: !one.off,
        spanGaps: false,
        points: {show: a.from.length < 3, filter: alone, size: 6},
      }))),
      hooks: {
        drawClear: [(/** @type {any} */ u) => verticals(u, a.marks.map((mark) => mark.at), color('line-strong'))],
        setCursor: [(/** @type {any} */ u) => {
          made.entries.forEach((entry, i) => {
            const at = u.cursor.idx;
            const value = at === null || at === undefined ? undefined : series[i].values[at];
            entry.now.textContent = value === undefined ? '' : value === null ? '–' : series[i].text(value);
          });
          const at = u.cursor.idx;
          tell(at === null || at === undefined ? null : at);
        }],
      },
    };
    const plot = new uPlot(options, [a.from, ...series.map((one) => one.values)], made.bodyPlace);
    made.entries.forEach((entry, i) => entry.button.addEventListener('click', () => {
      const shown = entry.button.getAttribute('aria-pressed') !== 'true';
      entry.button.setAttribute('aria-pressed', String(shown));
      plot.setSeries(i + 1, {show: shown});
    }));
    remember(plot, made);
  }

  /** @param {any} plot @param {{chart: HTMLElement, bodyPlace: HTMLElement}} made */
  function remember(plot, made) {
    const observer = new ResizeObserver(() => {
      const width = made.bodyPlace.clientWidth;
      if (width > 0 && width !== plot.width) plot.setSize({width, height: plot.height});
    });
    observer.observe(made.bodyPlace);
    drawn.push({destroy: () => { observer.disconnect(); plot.destroy(); made.chart.remove(); }});
  }

  const words = document.getElementById('charts-words');

  /** Says which step the cursor is in. @param {number|null} at */
  function tell(at) {
    if (!words || !axis) return;
    const hint = 'One step is ' + axis.step + ' s. Requests count in the step in which they ended. Drag to zoom, double-click to reset.';
    if (at === null) {
      words.textContent = hint;
      return;
    }
    const from = axis.from[at];
    const marks = axis.marks.filter((mark) => mark.at >= from && mark.at < from + axis.step)
      .map((mark) => mark.text ? mark.kind + ': ' + mark.text : mark.kind);
    words.textContent = 'From ' + clock(from) + ' to ' + clock(from + axis.step) + (marks.length ? ' · ' + marks.join(', ') : '');
  }

  /** @param {(number|null)[]} values */
  const greatest = (values) => values.reduce((/** @type {number} */ most, value) => Math.max(most, value === null ? 0 : value), 0);

  /** @param {Axis} a */
  function drawAxis(a) {
    const shades = ['series-1', 'series-2', 'series-3', 'series-4', 'series-5', 'series-6'];
    /** @type {Series[]} */
    const users = [{label: 'active', values: a.active, color: color('ink'), width: 2, text: plain}];
    if (a.scenarios.length > 1) {
      a.scenarios.forEach((line, i) => users.push({label: line.name, values: line.values, color: color(shades[i % shades.length]), width: 1.5, off: i >= 8, text: plain}));
    }
    users.push({label: 'started per s', values: a.started, color: color('soft'), width: 1, dash: [5, 4], text: plain});
    overTime(a, 'Users', 'At most ' + plain(greatest(a.active)) + ' users were active at the end of a step.', users, plain);
    /** @type {Series[]} */
    const rates = [{label: 'OK', values: a.ok, color: color('good'), text: plain}];
    if (greatest(a.ko) > 0) rates.push({label: 'KO', values: a.ko, color: color('bad'), text: plain});
    overTime(a, 'Requests per second', 'At most ' + plain(greatest(a.ok)) + ' OK and ' + plain(greatest(a.ko)) + ' KO per second.', rates, plain);
    const ramp = ['ramp-1', 'ramp-2', 'ramp-3', 'ramp-4'];
    const lines = a.percentiles.map((line, i) => ({label: line.name, values: line.values, color: color(ramp[i % 4]), text: time}));
    const last = a.percentiles[a.percentiles.length - 1];
    overTime(a, 'Response time', last ? 'The greatest ' + last.name + ' of a step was ' + time(greatest(last.values)) + '.' : '', [
      ...lines,
      {label: 'max', values: a.max, color: color('ramp-max'), width: 1, dash: [2, 3], off: true, text: time},
    ], shortTime);
    tell(null);
  }

  /** @param {Spread} s */
  function drawSpread(s) {
    const parent = /** @type {HTMLElement} */ (spreadPlace);
    const count = s.ok.length;
    const all = s.ok.map((ok, i) => ok + s.ko[i]);
    const total = all.reduce((sum, n) => sum + n, 0);
    const edge = (/** @type {number} */ i) => Math.log10(Math.max(s.edges[i], 0.0005));
    const middles = all.map((_, i) => (edge(i) + edge(i + 1)) / 2);
    const share = (/** @type {number} */ n) => 100 * n / total;
    const failures = s.ko.some((n) => n > 0);
    // KO bars stand on the OK bars: they are drawn to the sum of both, and told by themselves.
    const told = failures ? [s.ko.map(share), s.ok.map(share)] : [s.ok.map(share)];
    const shareText = (/** @type {number} */ n) => decimal(n, n < 10 ? 2 : 1) + ' %';
    /** @type {Series[]} */
    const series = [{label: failures ? 'KO' : 'OK', values: all.map(share), color: failures ? color('bad') : color('good'), fill: failures ? color('bad') : color('bar'), text: shareText}];
    if (failures) series.push({label: 'OK', values: s.ok.map(share), color: color('good'), fill: color('bar'), text: shareText});
    const marks = s.percentiles.map((mark) => mark.name + ' ' + time(mark.millis));
    const made = frame(parent, 'Share of requests by response time', marks.join(', ') + '.', series);
    const note = element('span', 'note');
    const head = /** @type {HTMLElement} */ (made.chart.firstElementChild);
    head.append(note);
    const hint = 'logarithmic; dashed: ' + marks.join(' · ');
    note.textContent = hint;
    const soft = color('soft');
    const ticks = [];
    for (let power = -3; power <= 9; power++) for (const lead of [1, 2, 5]) ticks.push(Math.log10(lead) + power);
    const options = {
      width: made.bodyPlace.clientWidth || 600,
      height: window.innerWidth < 600 ? 200 : 240,
      legend: {show: false},
      padding: [16, 12, 0, 0],
      cursor: {y: false, drag: {x: false, y: false}, points: {show: false}},
      scales: {
        x: {time: false, range: () => count > 1 ? [edge(0), edge(count)] : [edge(0) - 0.5, edge(1) + 0.5]},
        y: {range: (/** @type {any} */ u, /** @type {number} */ min, /** @type {number} */ max) => [0, max > 0 ? max * 1.08 : 1]},
      },
      axes: [
        {stroke: soft, font, grid: {show: false}, ticks: {stroke: color('line'), size: 4}, splits: (/** @type {any} */ u) => thinned(u, ticks), values: (/** @type {any} */ u, /** @type {number[]} */ at) => at.map((x) => shortTime(Math.pow(10, x)))},
        {stroke: soft, font, grid: {stroke: color('line'), width: 1}, ticks: {show: false}, size: 64, values: (/** @type {any} */ u, /** @type {number[]} */ at) => at.map((n) => plain(n) + ' %')},
      ],
      series: [{}].concat(series.map((one) => ({
        label: one.label, stroke: one.fill, width: 0, fill: one.fill, points: {show: false}, paths: uPlot.paths.bars({size: [0.9, 60]}),
      }))),
      hooks: {
        draw: [(/** @type {any} */ u) => verticals(u, s.percentiles.map((mark) => Math.log10(Math.max(mark.millis, 0.0005))), color('ink'))],
        setCursor: [(/** @type {any} */ u) => {
          const at = u.cursor.idx;
          const none = at === null || at === undefined;
          made.entries.forEach((entry, i) => { entry.now.textContent = none ? '' : series[i].text(told[i][Number(at)]); });
          note.textContent = none ? hint : time(s.edges[at]) + ' to ' + time(s.edges[at + 1]) + ': ' + grouped(String(all[at])) + ' of ' + grouped(String(total));
        }],
      },
    };
    const plot = new uPlot(options, [middles, ...series.map((one) => one.values)], made.bodyPlace);
    made.entries.forEach((entry, i) => entry.button.addEventListener('click', () => {
      const shown = entry.button.getAttribute('aria-pressed') !== 'true';
      entry.button.setAttribute('aria-pressed', String(shown));
      plot.setSeries(i + 1, {show: shown});
    }));
    remember(plot, made);
  }

  /** Ticks within the scale, as many as there is room for. @param {any} u @param {number[]} ticks */
  function thinned(u, ticks) {
    const {min, max} = u.scales.x;
    let inside = ticks.filter((x) => x >= min - 1e-9 && x <= max + 1e-9);
    if (inside.length < 2) inside = [0, 1, 2, 3, 4].map((i) => min + (max - min) * (i + 0.5) / 5);
    const room = Math.max(2, Math.floor(u.width / 70));
    return inside.length <= room ? inside : inside.filter((x) => Math.abs(x - Math.round(x)) < 1e-9);
  }

  function draw() {
    for (const chart of drawn) chart.destroy();
    drawn = [];
    if (axis && place) drawAxis(axis);
    if (spread && spreadPlace) drawSpread(spread);
  }

  draw();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  addEventListener('beforeprint', () => { document.documentElement.classList.add('printing'); draw(); });
  addEventListener('afterprint', () => { document.documentElement.classList.remove('printing'); draw(); });
})();
