// The headline numbers, of the chosen window.

import { sum } from './data.js';
import { countText, counted, NOTHING, percentText, perSecondText, secondsText, timeText } from './format.js';
import { percentileOf } from './figures.js';

/**
 * @param {import('./figures.js').RunFigures} figures
 * @param {import('./selection.js').Selection} selection
 */
export function headlines(figures, selection) {
  const places = Array.from(document.querySelectorAll('[data-headline]')).map((place) => ({
    place, key: place.getAttribute('data-headline') || '', whole: Array.from(place.querySelectorAll('.value, .note')).map((part) => Array.from(part.childNodes)),
  }));

  /** @param {string} key @returns {{value: string, unit: string, note: string}|null} null: concerns the whole run only */
  function figure(key) {
    const {from, to} = selection.steps();
    const {counts} = figures.of(0);
    if (key === 'requests') return {value: countText(counts[0]), unit: '', note: countText(counts[1]) + ' OK, ' + countText(counts[2]) + ' KO'};
    if (key === 'throughput') return {value: counts[4] === null ? NOTHING : perSecondText(counts[4]), unit: 'requests/s', note: 'over ' + secondsText(figures.measuredSeconds(from, to))};
    if (key === 'ko-percent') return {value: counts[3] === null ? NOTHING : percentText(counts[3]), unit: counts[3] === null ? '' : '%', note: counts[2] ? counted(counts[2], 'request', 'requests') : 'no errors'};
    if (key === 'users') {
      if (figures.cells === null) return null;
      const {users} = figures.cells;
      const most = Math.max(0, ...users.active.slice(from, to));
      return {value: countText(sum(users.started, from, to)), unit: '', note: most > 0 ? 'up to ' + countText(most) + ' at once' : ''};
    }
    const percentile = percentileOf(key);
    const histogram = figures.histogram(0);
    const millis = percentile !== null ? histogram.percentile(percentile)
      : key === 'max' ? histogram.percentile(100) : key === 'mean' ? histogram.moments().mean : undefined;
    if (millis === undefined) return null;
    const [value, unit] = timeText(millis).split(' ');
    return {value, unit: unit || '', note: percentile !== null && histogram.total > 0 && histogram.tooFewFor(percentile) ? 'too few requests' : ''};
  }

  function show() {
    for (const {place, key, whole} of places) {
      const parts = place.querySelectorAll('.value, .note');
      parts.forEach((part, i) => part.replaceChildren(...whole[i]));
      place.classList.toggle('unchanged', false);
      if (selection.range === null || figures.cells === null) continue;
      const now = figure(key);
      place.classList.toggle('unchanged', now === null);
      if (now === null) continue;
      const unit = document.createElement('small');
      unit.textContent = now.unit;
      parts.forEach((part) => {
        if (part.classList.contains('value')) part.replaceChildren(now.value, ...(now.unit ? [' ', unit] : []));
        else part.textContent = now.note;
      });
    }
  }
  selection.subscribe(show);
}
