// The bar that says which time window the page shows, and lets one choose it by numbers; the address keeps it.

import { clock, plainText } from './format.js';

/**
 * @param {import('./selection.js').Selection} selection @param {import('./figures.js').RunFigures} figures of a window, if it has them
 * @param {string[]} leftOut what of them is not in the page @param {string} missing why it has none, in words
 */
export function windowBar(selection, figures, leftOut, missing) {
  const known = figures.cells !== null;
  const bar = document.getElementById('window');
  if (!bar || selection.count < 2) return;
  const words = /** @type {HTMLElement} */ (bar.querySelector('.window-words'));
  const from = /** @type {HTMLInputElement} */ (bar.querySelector('[name=from]'));
  const to = /** @type {HTMLInputElement} */ (bar.querySelector('[name=to]'));
  const whole = /** @type {HTMLButtonElement} */ (bar.querySelector('.window-whole'));
  bar.hidden = false;
  for (const field of [from, to]) {
    field.min = '0';
    field.max = String(Math.ceil(selection.end));
    field.step = String(selection.step);
    field.addEventListener('change', () => {
      if (from.value === '' || to.value === '' || Number(to.value) <= Number(from.value)) show();
      else selection.choose(Number(from.value), Number(to.value));
      show();
    });
  }
  whole.addEventListener('click', () => selection.reset());

  function show() {
    const {from: begin, to: end} = selection.seconds();
    const chosen = selection.range !== null;
    from.value = String(begin);
    to.value = String(Math.ceil(end));
    whole.hidden = !chosen;
    document.documentElement.classList.toggle('zoomed', chosen);
    document.documentElement.classList.toggle('windowed', chosen && known);
    const of = 'step ' + plainText(selection.step) + ' s';
    words.replaceChildren();
    const what = document.createElement('b');
    what.textContent = chosen ? (known ? 'Window ' : 'Charts show ') + clock(begin) + '–' + clock(end) : 'Whole run';
    words.append(what, ' ' + (!chosen ? 'Drag across a chart to choose a window (' + of + ').'
      : known ? of + ' · percentiles to ± ' + plainText(figures.buckets.error()) + ' %' : of + ' · ' + missing + ', so numbers are of the whole run'));
  }

  selection.subscribe(() => {
    show();
    keep();
  });

  function keep() {
    const {from: begin, to: end} = selection.seconds();
    const hash = selection.range === null ? '' : '#window=' + begin + '-' + Math.ceil(end);
    if (location.hash !== hash) history.replaceState(null, '', hash || location.pathname + location.search);
  }

  function read() {
    const found = /^#window=(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)$/.exec(location.hash);
    if (location.hash !== '' && !found) return;
    if (found && Number(found[1]) < Number(found[2])) selection.choose(Number(found[1]), Number(found[2]));
    else selection.reset();
  }

  const left = document.getElementById('left-out');
  if (left && known && leftOut.length > 0) {
    left.hidden = false;
    left.textContent = 'Not in this page for each step, so that it stays small: ' + leftOut.join('; ') + '.';
  }
  addEventListener('hashchange', read);
  show();
  read();
}
