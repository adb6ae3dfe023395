// The table of errors: counts, shares and when, of the chosen window.

import { sum } from './data.js';
import { countText, decimal, NOTHING, percentText } from './format.js';

/**
 * @param {import('./figures.js').RunFigures} figures
 * @param {import('./selection.js').Selection} selection
 */
export function errorTable(figures, selection) {
  const table = /** @type {HTMLTableElement|null} */ (document.getElementById('errors'));
  const empty = document.getElementById('errors-none');
  if (!table) return;
  const lines = Array.from(table.querySelectorAll('tr.error')).map((row) => /** @type {HTMLTableRowElement} */ (row)).map((line) => ({
    line, samples: /** @type {HTMLElement|null} */ (line.nextElementSibling && line.nextElementSibling.matches('.samples') ? line.nextElementSibling : null), cells: ['count', 'share', 'first', 'last'].map((name) => {
      const cell = line.querySelector('[data-cell="' + name + '"]');
      return {cell, whole: cell ? cell.textContent : ''};
    }),
  }));

  function show() {
    const {from, to} = selection.steps();
    const counts = new Map((figures.cells ? figures.cells.errors : []).map((error) => [error.row, error.counts]));
    const failed = figures.of(0).counts[2];
    let shown = 0;
    lines.forEach(({line, samples, cells}, row) => {
      let texts = cells.map(({whole}) => whole);
      const steps = counts.get(row);
      const known = selection.range === null || steps !== undefined;
      line.classList.toggle('unchanged', !known);
      line.hidden = false;
      if (selection.range !== null && steps) {
        const n = sum(steps, from, to);
        line.hidden = n === 0;
        let first = from;
        while (first < to && !steps[first]) first++;
        let last = to - 1;
        while (last > from && !steps[last]) last--;
        texts = [countText(n), (failed ? percentText(100 * n / failed) : NOTHING) + ' %', step(first), step(last)];
      }
      if (samples) samples.hidden = line.hidden;
      cells.forEach(({cell}, i) => { if (cell) cell.textContent = texts[i]; });
      shown += line.hidden ? 0 : 1;
    });
    if (empty) empty.hidden = shown > 0;
  }

  /** When, to the step. @param {number} at */
  const step = (at) => decimal(at * selection.step, 0) + '–' + decimal((at + 1) * selection.step, 0) + ' s';

  selection.subscribe(show);
}
