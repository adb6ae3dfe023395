// The charts of the whole run over time; what nothing is known of is left out.

import { color, element, View } from './chart.js';
import { anything } from './data.js';
import { plainText, shortBytes, shortTime, bytesText, tickText, timeText } from './format.js';

/**
 * @typedef {import('./data.js').Axis} Axis
 * @typedef {import('./data.js').Line} Line
 * @typedef {import('./chart.js').Series} Series
 * @typedef {import('./timeaxis.js').Chart} Chart
 */

const SHADES = ['series-1', 'series-2', 'series-3', 'series-4', 'series-5', 'series-6'];
const RAMP = ['ramp-1', 'ramp-2', 'ramp-3', 'ramp-4', 'ramp-5', 'ramp-6'];

/** @param {(number|null)[]|undefined} values */
export const greatest = (values) => (values || []).reduce((/** @type {number} */ most, value) => Math.max(most, value === null ? 0 : value), 0);

/** Shades of one colour, the darker the rarer. @param {number} i @param {number} of */
export const rampColor = (i, of) => color(RAMP[of < 2 ? 3 : Math.round(i * (RAMP.length - 1) / (of - 1))]);

/** @param {Line[]} lines @param {string[]} names */
const only = (lines, names) => lines.filter((one) => names.includes(one.name));

/** @param {Axis} axis @param {() => void} again draws them anew @returns {Chart[]} */
function charts(axis, again) {
  /** @type {Chart[]} */
  const all = [];
  /** @param {string} title @param {string} words @param {(Series|null)[]} series @param {(value: number) => string} axisText */
  const add = (title, words, series, axisText) => {
    const known = /** @type {Series[]} */ (series.filter((one) => one !== null && one.values.some((value) => value !== null)));
    if (known.some((one) => anything(one.values))) all.push({title, words, series: known, axisText, again: axisText === shortTime ? again : undefined});
  };
  /** @param {string} label @param {(number|null)[]|undefined} values @param {string} shade @param {object} [more] @param {(value: number) => string} [text] @returns {Series|null} */
  const series = (label, values, shade, more, text) => values && values.length ? {label, values, color: color(shade), text: text || plainText, ...more} : null;

  const last = axis.percentiles[axis.percentiles.length - 1];
  add('Response time', last ? 'The greatest ' + last.name + ' of a step was ' + timeText(greatest(last.values)) + '.' : '', [
    ...axis.percentiles.map((one, i) => ({label: one.name, values: one.values, color: rampColor(i, axis.percentiles.length), text: timeText})),
    series('max', axis.max, 'ramp-max', {width: 1, dash: [2, 3], off: true}, timeText),
  ], shortTime);
  add('Requests per second', 'At most ' + plainText(greatest(axis.ok)) + ' OK and ' + plainText(greatest(axis.ko)) + ' KO per second.', [
    series('OK', axis.ok, 'good'), anything(axis.ko) ? series('KO', axis.ko, 'bad') : null,
  ], tickText);
  if (axis.errors && axis.errors.some((one) => anything(one.values))) {
    add('Errors per second, by class', 'At most ' + plainText(greatest(axis.ko)) + ' failed per second.',
      axis.errors.filter((one) => anything(one.values)).map((one, i) => series(one.name, one.values, i === 0 ? 'bad' : SHADES[i % SHADES.length])), tickText);
  }
  const scenarios = axis.scenarios.length > 1 ? axis.scenarios : [];
  add('Active users', 'At most ' + plainText(greatest(axis.active)) + ' users were active at the end of a step.', [
    series('all', axis.active, 'ink', {width: 2}),
    ...scenarios.map((one, i) => series(one.name, one.values, SHADES[i % SHADES.length], {width: 1.5, off: i >= 8})),
  ], tickText);
  const wanted = anything(axis.wanted);
  if (anything(axis.started) || wanted) {
    add(wanted ? 'Arrival rate, users per second' : 'Users started per second', 'At most ' + plainText(greatest(axis.started)) + ' users started per second.', [
      wanted ? series('due', axis.wanted, 'soft', {width: 1.5, dash: [5, 4]}) : null, series('started', axis.started, 'series-1'),
    ], tickText);
  }
  if (axis.service && axis.service.length) {
    const pair = ['p50', 'p99'];
    add('Service time beside response time', 'What the target needed, beside what a user waited.', [
      ...only(axis.percentiles, pair).map((one, i) => series('response ' + one.name, one.values, i ? 'ramp-5' : 'ramp-2', {}, timeText)),
      ...only(axis.service, pair).map((one, i) => series('service ' + one.name, one.values, i ? 'series-2' : 'series-5', {dash: [5, 3]}, timeText)),
    ], shortTime);
  }
  if (axis.delay && axis.delay.length) {
    const delay = axis.delay;
    add('Start delay of the generator', 'At most ' + timeText(greatest(delay[delay.length - 1].values)) + '.',
      delay.map((one, i) => ({label: one.name, values: one.values, color: one.name === 'max' ? color('ramp-max') : rampColor(i, delay.length),
        text: timeText, ...(one.name === 'max' ? {width: 1, dash: [2, 3]} : {})})), shortTime);
  }
  if (anything(axis.received) || anything(axis.sent)) {
    const perSecond = (/** @type {number} */ bytes) => bytesText(bytes) + '/s';
    add('Bytes per second', 'At most ' + perSecond(greatest(axis.received)) + ' received and ' + perSecond(greatest(axis.sent)) + ' sent.', [
      anything(axis.received) ? series('received', axis.received, 'series-4', {}, perSecond) : null, anything(axis.sent) ? series('sent', axis.sent, 'series-2', {}, perSecond) : null,
    ], shortBytes);
  }
  if (anything(axis.connections)) add('Open connections', 'At most ' + plainText(greatest(axis.connections)) + ' were open.', [series('open', axis.connections, 'series-3')], tickText);
  return all;
}

/** @param {HTMLElement} place @param {Axis} axis @param {import('./timeaxis.js').TimeAxis} shared */
export function timeCharts(place, axis, shared) {
  const view = new View(place, () => {
    const known = charts(axis, () => view.again());
    const words = document.getElementById('charts-words');
    if (words) words.hidden = known.length === 0; // they tell how charts are used
    if (known.length === 0) place.replaceChildren(element('p', 'muted', 'Nothing happened that could be drawn.'));
    return known.map((chart) => shared.draw(place, axis.from, axis.step, chart));
  });
  view.show();
}
