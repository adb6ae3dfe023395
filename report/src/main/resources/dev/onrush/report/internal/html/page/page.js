// The page of one run: reads what it holds and puts its parts together.

import { redraw } from './chart.js';
import { readData, readRun, unpack, unpacks } from './data.js';
import { errorTable } from './errors.js';
import { RunFigures } from './figures.js';
import { marks } from './marks.js';
import { headlines } from './numbers.js';
import { Panel } from './panel.js';
import { Selection } from './selection.js';
import { RequestTable } from './table.js';
import { TimeAxis } from './timeaxis.js';
import { timeCharts } from './timecharts.js';
import { windowBar } from './windowbar.js';

/** @param {string} id */
const byId = (id) => document.getElementById(id);

function start() {
  const data = readData();
  const run = readRun();
  const {axis} = data;
  const cells = unpacks() ? data.cells : null;
  const selection = cells ? new Selection(cells.step, cells.count, run.duration)
    : axis ? new Selection(axis.step, axis.from.length, run.duration) : new Selection(1, 1, run.duration);
  const table = /** @type {HTMLTableElement|null} */ (byId('requests'));
  const columns = table ? Array.from(table.querySelectorAll('th[data-time]')).map((head) => head.textContent || '') : [];
  const figures = new RunFigures(data, run, selection, columns);
  const shared = new TimeAxis(selection, axis ? axis.marks : []);

  headlines(figures, selection);
  const panelPlace = byId('request');
  const panel = panelPlace && cells ? new Panel(panelPlace, figures, selection, shared) : null;
  const requests = table && data.rows.length ? new RequestTable(table, figures, run, selection, (row) => { if (panel) panel.open(row, true); }) : null;
  if (panel) panel.closed = () => { if (requests) requests.choose(0); };
  errorTable(figures, selection);
  const charts = byId('charts');
  const words = byId('charts-words');
  const list = byId('marks');
  if (axis && charts && words && list) {
    marks(words, list, shared, axis.step);
    timeCharts(charts, axis, shared);
  }
  /** @param {string} [missing] */
  const windows = (missing) => {
    windowBar(selection, figures, cells ? cells.leftOut : [], missing || '');
    document.documentElement.dataset.windows = String(Math.round(performance.now()));
  };
  if (!data.cells) windows('the page holds no figures per step');
  else if (!cells) windows('this browser is too old to unpack the figures per step (Chromium 80, Firefox 113, Safari 16.4 and later can)');
  else {
    unpack(cells).then((unpacked) => {
      figures.take(unpacked);
      if (panel) panel.again();
      if (selection.range !== null) selection.tell();
      windows();
    }, () => windows('the figures per step could not be unpacked'));
  }
  // On a phone the first screen belongs to the answers.
  const honesty = /** @type {HTMLDetailsElement|null} */ (document.querySelector('.honesty'));
  if (honesty && matchMedia('(max-width: 760px)').matches) honesty.open = false;

  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => redraw(false));
  addEventListener('beforeprint', () => {
    document.documentElement.classList.add('printing');
    if (honesty) honesty.open = true;
    redraw(true);
  });
  addEventListener('afterprint', () => {
    document.documentElement.classList.remove('printing');
    redraw(false);
  });
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
}

start();
