// The page of one run: reads what it holds and puts its parts together.

import { redraw } from './chart.js';
import { readData, readRun } from './data.js';
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
  const {axis, cells} = data;
  const selection = cells ? new Selection(cells.step, cells.count, run.duration)
    : axis ? new Selection(axis.step, axis.from.length, run.duration) : new Selection(1, 1, run.duration);
  const table = /** @type {HTMLTableElement|null} */ (byId('requests'));
  const columns = table ? Array.from(table.querySelectorAll('th[data-time]')).map((head) => head.textContent || '') : [];
  const figures = new RunFigures(data, run, selection, columns);
  const shared = new TimeAxis(selection, axis ? axis.marks : []);

  headlines(data, figures, selection);
  const panelPlace = byId('request');
  const panel = panelPlace && figures.sources.size > 0 ? new Panel(panelPlace, figures, selection, shared) : null;
  const requests = table && data.rows.length ? new RequestTable(table, figures, run, selection, (row) => { if (panel) panel.open(row, true); }) : null;
  if (panel) panel.closed = () => { if (requests) requests.choose(0); };
  errorTable(data, figures, selection);
  const charts = byId('charts');
  const words = byId('charts-words');
  const list = byId('marks');
  if (axis && charts && words && list) {
    marks(words, list, shared, axis.step);
    timeCharts(charts, axis, shared);
  }
  windowBar(selection, cells);
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
