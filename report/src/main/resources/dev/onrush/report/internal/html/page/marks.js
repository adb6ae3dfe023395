// What happened in the run, in words: a list whose entries move the cursor, and a line that tells where the cursor is.

import { button, element } from './chart.js';
import { clock, secondsText } from './format.js';

const MOST = 12;

/** @param {import('./data.js').Mark} mark */
export const markText = (mark) => mark.text ? (mark.text.startsWith(mark.kind) ? mark.text : mark.kind + ': ' + mark.text) : mark.kind;

/** @param {HTMLElement} place the line of words @param {HTMLElement} list @param {import('./timeaxis.js').TimeAxis} shared @param {number} step of the charts */
export function marks(place, list, shared, step) {
  const hint = 'One step is ' + secondsText(step) + '; a request counts in the step in which it ended. Drag across any chart to choose a time window.';
  const visible = element('span', '', hint);
  const spoken = element('span', 'unseen');
  spoken.setAttribute('aria-live', 'polite');
  place.replaceChildren(visible, spoken);

  shared.listeners.push((at, byKey) => {
    if (at === null) {
      visible.textContent = hint;
      return;
    }
    const from = Math.floor(at / step) * step;
    const near = shared.marks.filter((mark) => mark.at >= from && mark.at < from + step).map(markText);
    visible.textContent = 'From ' + clock(from) + ' to ' + clock(from + step) + (near.length ? ' · ' + near.slice(0, 3).join(' · ') : '');
    if (byKey) {
      const values = Array.from(document.querySelectorAll('.chart-body:focus')).map((body) => {
        const entries = Array.from((body.closest('.chart') || body).querySelectorAll('.legend button[aria-pressed=true]'));
        return entries.map((entry) => Array.from(entry.children).map((part) => part.textContent).join(' ').trim()).join(', ');
      });
      spoken.textContent = visible.textContent + '. ' + values.join('. ');
    }
  });

  /** @param {number} most */
  function show(most) {
    list.replaceChildren(...shared.marks.slice(0, most).map((mark) => {
      const one = element('li');
      const entry = button('', () => shared.move(mark.at, null));
      entry.append(element('b', mark.kind.startsWith('stall') || mark.kind === 'stop' ? 'bad' : '', clock(mark.at)), ' ', element('bdi', '', markText(mark)));
      for (const event of ['focus', 'mouseenter']) entry.addEventListener(event, () => shared.move(mark.at, null, event === 'focus'));
      for (const event of ['blur', 'mouseleave']) entry.addEventListener(event, () => shared.move(null, null));
      one.append(entry);
      return one;
    }));
    if (shared.marks.length > most) {
      const one = element('li');
      one.append(button('and ' + (shared.marks.length - most) + ' more', () => show(shared.marks.length)));
      list.append(one);
    }
  }
  show(MOST);
}
