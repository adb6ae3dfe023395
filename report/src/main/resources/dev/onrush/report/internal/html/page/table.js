// The table of requests and groups: sorted within the tree, filtered, folded, with the columns one wants; a line opens its charts.

import { button, element } from './chart.js';
import { bytesText, countText, millisText, percentText, perSecondText } from './format.js';
import { Tree } from './tree.js';

/**
 * @typedef {import('./figures.js').Figures} Figures
 * @typedef {object} Column
 * @property {string} key
 * @property {string} label
 * @property {string} title
 * @property {boolean} on
 * @property {(figures: Figures) => number|string|null} value to sort by
 * @property {(figures: Figures) => string} text
 * @property {(figures: Figures) => boolean} [few]
 * @property {'response'|'service'} [measure]
 */

const FIRST_LINES = 200;
const MORE_LINES = 500;
const WORDS = {
  response: 'Response time, in milliseconds: what a user waits, from the intended start to the end.',
  service: 'Service time, in milliseconds: what the target needed, from the actual start to the end. Groups and the compensated series have none.',
  both: 'Response time: what a user waits, from the intended start to the end. Service time: what the target needed, from the actual start. In milliseconds.',
};

/** @param {Record<string, number>} codes */
const codesText = (codes) => Object.entries(codes).map(([code, count]) => code + ' × ' + countText(count)).join(', ');

/** @param {string[]} times as the head of the table calls them @returns {Column[]} */
function allColumns(times) {
  const counts = [['Count', countText], ['OK', countText], ['KO', countText], ['KO\u00a0%', percentText], ['per\u00a0s', perSecondText]];
  const titles = ['requests, OK and KO', 'passed all checks', 'failed, with a cause', 'share that failed', 'per second'];
  return [
    ...counts.map(([label, text], i) => /** @type {Column} */ ({key: 'count' + i, label, title: titles[i], on: true,
      value: (figures) => figures.counts[i], text: (figures) => /** @type {Function} */ (text)(figures.counts[i])})),
    ...(/** @type {('response'|'service')[]} */ (['response', 'service'])).flatMap((measure) => times.map((label, i) => /** @type {Column} */ ({
      key: measure + i, label, title: measure + ' time, ' + label, on: true, measure, value: (figures) => figures[measure][i],
      text: (figures) => millisText(figures[measure][i]), few: (figures) => ((measure === 'response' ? figures.responseFew : figures.serviceFew) >> i & 1) === 1}))),
    {key: 'received', label: 'received', title: 'bytes received', on: false, value: (figures) => figures.received, text: (figures) => bytesText(figures.received)},
    {key: 'sent', label: 'sent', title: 'bytes sent', on: false, value: (figures) => figures.sent, text: (figures) => bytesText(figures.sent)},
    {key: 'codes', label: 'status codes', title: 'status codes and how often they came', on: false, value: (figures) => codesText(figures.codes), text: (figures) => codesText(figures.codes)},
  ];
}

export class RequestTable {
  /**
   * @param {HTMLTableElement} table @param {import('./figures.js').RunFigures} figures @param {import('./data.js').Run} run
   * @param {import('./selection.js').Selection} selection @param {(row: number) => void} open
   */
  constructor(table, figures, run, selection, open) {
    this.table = table;
    this.body = table.tBodies[0];
    this.figures = figures;
    this.notes = run.notes;
    this.selection = selection;
    this.open = open;
    this.tree = new Tree(figures.rows);
    this.columns = allColumns(figures.columns);
    /** @type {'response'|'service'|'both'} */
    this.measure = 'response';
    /** @type {{key: string, down: boolean}|null} */
    this.sorted = null;
    this.limit = FIRST_LINES;
    this.opened = 0;
    /** The line that the keyboard is at. */
    this.current = 0;
    this.filter = /** @type {HTMLInputElement} */ (document.getElementById('filter'));
    this.more = /** @type {HTMLElement} */ (document.getElementById('more'));
    this.tools();
    table.setAttribute('role', 'treegrid');
    this.body.addEventListener('keydown', (event) => this.key(event));
    selection.subscribe(() => this.show());
    this.show();
  }

  tools() {
    for (const one of document.querySelectorAll('.table-tools, #measure')) /** @type {HTMLElement} */ (one).hidden = false;
    for (const one of document.querySelectorAll('#measure button')) {
      one.addEventListener('click', () => {
        this.measure = /** @type {'response'|'service'|'both'} */ (/** @type {HTMLElement} */ (one).dataset.measure);
        this.show();
      });
    }
    this.filter.addEventListener('input', () => {
      this.limit = FIRST_LINES;
      this.show();
    });
    const menu = /** @type {HTMLDetailsElement} */ (document.getElementById('columns'));
    document.addEventListener('click', (event) => { if (!menu.contains(/** @type {Node} */ (event.target))) menu.open = false; });
    menu.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !menu.open) return;
      menu.open = false;
      /** @type {HTMLElement} */ (menu.firstElementChild).focus();
    });
    const groups = this.figures.rows.map((row, i) => i).filter((i) => this.tree.children[i].length > 0);
    const fold = /** @type {HTMLElement} */ (document.getElementById('fold'));
    if (groups.length > 0) {
      fold.append(button('Collapse all', () => { this.tree.collapsed = new Set(groups); this.show(); }), button('Expand all', () => { this.tree.collapsed.clear(); this.show(); }));
    } else fold.hidden = true;
    const choices = [element('div'), element('div')];
    /** @type {HTMLElement} */ (menu.lastElementChild).append(...choices);
    const seen = new Set();
    for (const column of this.columns) {
      if (seen.has(column.label)) continue;
      seen.add(column.label);
      const box = /** @type {HTMLInputElement} */ (element('input'));
      box.type = 'checkbox';
      box.checked = column.on;
      box.addEventListener('change', () => {
        for (const same of this.columns) if (same.label === column.label) same.on = box.checked;
        this.show();
      });
      const label = element('label');
      label.append(box, ' ' + column.label);
      label.title = column.measure ? column.label : column.title;
      choices[column.measure ? 1 : 0].append(label);
    }
  }

  shown() {
    return this.columns.filter((column) => column.on && (!column.measure || this.measure === 'both' || column.measure === this.measure));
  }

  /** @param {Column[]} columns */
  head(columns) {
    const line = element('tr');
    /** @param {string} key @param {string} label @param {string} title @param {string} className */
    const add = (key, label, title, className) => {
      const head = element('th', className);
      head.setAttribute('scope', 'col');
      head.dataset.key = key;
      const sort = button(label, () => {
        const again = this.sorted !== null && this.sorted.key === key;
        this.sorted = {key, down: again && this.sorted !== null ? !this.sorted.down : key !== 'name'};
        this.show();
        const same = /** @type {HTMLElement|null} */ (this.table.querySelector('th[data-key="' + key + '"] button'));
        if (same) same.focus();
      });
      sort.title = title;
      head.append(sort);
      if (this.sorted !== null && this.sorted.key === key) head.setAttribute('aria-sort', this.sorted.down ? 'descending' : 'ascending');
      line.append(head);
    };
    add('name', 'Name', 'sort by name', 'name');
    columns.forEach((column, i) => {
      const first = column.measure && (i === 0 || columns[i - 1].measure !== column.measure);
      add(column.key, column.label, column.title, first && this.measure === 'both' ? 'edge' : '');
    });
    const lines = [line];
    if (this.measure === 'both') {
      const groups = element('tr', 'measures');
      const count = (/** @type {string|undefined} */ measure) => columns.filter((column) => column.measure === measure).length;
      const before = columns.findIndex((column) => column.measure);
      const cell = (/** @type {string} */ text, /** @type {number} */ span, /** @type {string} */ className) => {
        if (span <= 0) return;
        const made = /** @type {HTMLTableCellElement} */ (element('th', className, text));
        made.colSpan = span;
        groups.append(made);
      };
      cell('', 1, 'name');
      cell('', before < 0 ? columns.length : before, '');
      cell('Response time', count('response'), 'edge');
      cell('Service time', count('service'), 'edge');
      lines.unshift(groups);
    }
    /** @type {HTMLElement} */ (this.table.tHead).replaceChildren(...lines);
  }

  show() {
    const columns = this.shown();
    this.tree.filter(this.filter.value);
    const lines = this.tree.lines(this.order());
    const drawn = lines.slice(0, this.limit);
    if (!drawn.includes(this.current)) this.current = 0;
    this.head(columns);
    const made = document.createDocumentFragment();
    for (const row of drawn) made.append(this.line(row, columns));
    this.body.replaceChildren(made);
    const few = columns.some((column) => column.few && lines.some((row) => column.few && column.few(this.figures.of(row))));
    const note = document.getElementById('few-note');
    if (note) note.hidden = !few;
    const words = document.getElementById('measure-words');
    if (words) words.textContent = WORDS[this.measure];
    for (const one of document.querySelectorAll('#measure button')) one.setAttribute('aria-pressed', String(/** @type {HTMLElement} */ (one).dataset.measure === this.measure));
    const counted = document.getElementById('found');
    if (counted) counted.textContent = this.filter.value.trim() === '' ? '' : countText(this.tree.found) + ' of ' + countText(this.tree.requests) + ' shown';
    this.showMore(lines.length);
    const scroll = /** @type {HTMLElement} */ (this.table.parentElement);
    scroll.classList.toggle('tall', drawn.length > 30);
  }

  /** @param {number} all lines */
  showMore(all) {
    this.more.replaceChildren();
    const left = all - this.limit;
    if (left <= 0) return;
    const further = (/** @type {string} */ text, /** @type {number} */ lines) => button(text, () => { this.limit += lines; this.show(); });
    this.more.append(countText(this.limit) + ' of ' + countText(all) + ' lines. ');
    if (left > MORE_LINES) this.more.append(further('Show ' + MORE_LINES + ' more', MORE_LINES), ' ');
    this.more.append(further('Show all', left));
  }

  /** @returns {((a: number, b: number) => number)|null} */
  order() {
    const sorted = this.sorted;
    if (sorted === null) return null;
    const column = this.columns.find((one) => one.key === sorted.key);
    const value = (/** @type {number} */ row) => column ? column.value(this.figures.of(row)) : this.figures.rows[row].name;
    return (a, b) => {
      const left = value(a);
      const right = value(b);
      // What has no figure goes last, whichever way.
      if (left === null || right === null) return left === right ? a - b : left === null ? 1 : -1;
      const order = typeof left === 'string' ? left.localeCompare(String(right), 'en', {numeric: true}) : left - Number(right);
      return (sorted.down ? -order : order) || a - b;
    };
  }

  /** @param {number} row @param {Column[]} columns */
  line(row, columns) {
    const {name, depth, kind} = this.figures.rows[row];
    const figures = this.figures.of(row);
    const line = element('tr', [kind === 'path' ? 'group' : kind, 'd' + Math.min(8, depth), figures.counts[2] ? 'failing' : '', row === this.opened ? 'opened' : ''].join(' ').trim());
    line.dataset.row = String(row);
    line.setAttribute('aria-level', String(depth + 1));
    const head = element('th', 'name');
    head.setAttribute('scope', 'row');
    if (this.tree.children[row].length > 0) {
      const folded = this.tree.collapsed.has(row) && this.tree.kept === null;
      line.setAttribute('aria-expanded', String(!folded));
      const fold = button(folded ? '▸' : '▾', () => this.fold(row, !folded), 'fold');
      fold.setAttribute('aria-label', folded ? 'Expand' : 'Collapse');
      fold.tabIndex = -1;
      head.append(fold);
    }
    const opener = button('', () => { this.choose(row); this.open(row); }, 'open');
    opener.append(element('bdi', '', name));
    opener.title = name;
    opener.tabIndex = row === this.current ? 0 : -1;
    head.append(opener);
    if (this.notes[row]) {
      const note = element('small', '', this.notes[row]);
      note.title = this.notes[row];
      head.append(' ', note);
    }
    line.append(head);
    columns.forEach((column, i) => {
      const first = this.measure === 'both' && column.measure && (i === 0 || columns[i - 1].measure !== column.measure);
      const cell = element('td', [column.few && column.few(figures) ? 'few' : '', first ? 'edge' : '', column.key.startsWith('count') ? column.key : '',
        column.key === 'codes' ? 'codes' : ''].join(' ').trim(), column.text(figures));
      line.append(cell);
    });
    return line;
  }

  /** @param {number} row whose charts are open */
  choose(row) {
    this.opened = row;
    this.current = row;
    for (const line of this.body.rows) line.classList.toggle('opened', Number(line.dataset.row) === row);
  }

  /** @param {number} row @param {boolean} folded */
  fold(row, folded) {
    if (folded) this.tree.collapsed.add(row);
    else this.tree.collapsed.delete(row);
    this.current = row;
    this.show();
    this.focus(row);
  }

  /** @param {number} row */
  focus(row) {
    const opener = /** @type {HTMLElement|null} */ (this.body.querySelector('tr[data-row="' + row + '"] .open'));
    if (!opener) return;
    const before = /** @type {HTMLElement|null} */ (this.body.querySelector('.open[tabindex="0"]'));
    if (before) before.tabIndex = -1;
    opener.tabIndex = 0;
    this.current = row;
    opener.focus();
  }

  /** Up and down between lines, right into a group, left out of it. @param {KeyboardEvent} event */
  key(event) {
    const at = /** @type {HTMLElement} */ (event.target).closest('tr');
    if (!at || event.ctrlKey || event.altKey || event.metaKey) return;
    const row = Number(at.dataset.row);
    const lines = Array.from(this.body.rows);
    const to = (/** @type {Element|null|undefined} */ line) => { if (line) this.focus(Number(/** @type {HTMLElement} */ (line).dataset.row)); };
    const group = this.tree.children[row].length > 0;
    const folded = group && this.tree.collapsed.has(row) && this.tree.kept === null;
    if (event.key === 'ArrowDown') to(at.nextElementSibling);
    else if (event.key === 'ArrowUp') to(at.previousElementSibling);
    else if (event.key === 'Home') to(lines[0]);
    else if (event.key === 'End') to(lines[lines.length - 1]);
    else if (event.key === 'ArrowRight' && folded) this.fold(row, false);
    else if (event.key === 'ArrowRight' && group) to(at.nextElementSibling);
    else if (event.key === 'ArrowLeft' && group && !folded && this.tree.kept === null) this.fold(row, true);
    else if (event.key === 'ArrowLeft') this.focus(this.tree.parents[row]);
    else return;
    event.preventDefault();
  }
}
