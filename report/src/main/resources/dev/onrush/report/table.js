// The table of requests: sorting within the tree, and response time or service time.
(() => {
  'use strict';

  /**
   * @typedef {object} TableRow
   * @property {string} name
   * @property {number} depth
   * @property {(number|null)[]} counts
   * @property {(number|null)[]} response
   * @property {(number|null)[]} service
   * @property {number} responseFew
   * @property {number} serviceFew
   */

  const table = /** @type {HTMLTableElement|null} */ (document.getElementById('requests'));
  const source = document.getElementById('data');
  if (!table || !source) return;
  /** @type {{rows: TableRow[]}} */
  const data = JSON.parse(source.textContent || '{"rows":[]}');
  const body = table.tBodies[0];
  const lines = Array.from(body.rows);
  const countColumns = 5;
  /** The total, and the compensated series beneath it: they stay on top. */
  const onTop = lines.filter((line) => /\b(total|compensated)\b/.test(line.className)).length;

  /** What the times of the table are at the moment. @type {'response'|'service'} */
  let measure = 'response';

  /** Milliseconds as the page prints them; the same rule as in Printed.java. @param {number|null} millis */
  function millisText(millis) {
    if (millis === null) return '–';
    if (millis === 0) return '0';
    const size = Math.abs(millis);
    const text = millis.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
    const [whole, fraction] = text.split('.');
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '\u202f');
    return fraction === undefined ? grouped : grouped + '.' + fraction;
  }

  /** @param {number} row @param {number} column 0 is the name @returns {string|number|null} */
  function value(row, column) {
    const figures = data.rows[row];
    if (column === 0) return figures.name;
    if (column <= countColumns) return figures.counts[column - 1];
    return figures[measure][column - 1 - countColumns];
  }

  /** @param {'response'|'service'} wanted */
  function show(wanted) {
    measure = wanted;
    let anyFew = false;
    for (const line of lines) {
      const figures = data.rows[Number(line.dataset.row)];
      const few = wanted === 'response' ? figures.responseFew : figures.serviceFew;
      anyFew = anyFew || few !== 0;
      figures[wanted].forEach((millis, i) => {
        const cell = line.cells[1 + countColumns + i];
        cell.textContent = millisText(millis);
        cell.classList.toggle('few', (few >> i & 1) === 1);
      });
    }
    const note = document.getElementById('few-note');
    if (note) note.hidden = !anyFew;
    const words = document.getElementById('measure-words');
    if (words) {
      words.textContent = wanted === 'response'
        ? 'Response time, in milliseconds: what a user waits, from the intended start to the end.'
        : 'Service time, in milliseconds: what the target needed, from the actual start to the end. Groups and the compensated series have none.';
    }
    for (const button of document.querySelectorAll('#measure button')) {
      button.setAttribute('aria-pressed', String(/** @type {HTMLElement} */ (button).dataset.measure === wanted));
    }
    if (sorted && sorted.column > countColumns) sort(sorted.column, sorted.down);
  }

  /** @type {{column: number, down: boolean}|null} */
  let sorted = null;

  /** Children of each line, by the order of the tree. @type {Map<number, number[]>} */
  const children = new Map([[-1, []]]);
  {
    /** @type {number[]} */
    const open = [];
    for (let row = onTop; row < data.rows.length; row++) {
      const depth = data.rows[row].depth;
      open.length = depth;
      const parent = depth === 0 ? -1 : open[depth - 1];
      const siblings = children.get(parent) || [];
      siblings.push(row);
      children.set(parent, siblings);
      open.push(row);
    }
  }

  /** Sorts the lines of each group among themselves; the total stays on top, what has no figure goes last. @param {number} column @param {boolean} down */
  function sort(column, down) {
    sorted = {column, down};
    /** @param {number} a @param {number} b */
    const compare = (a, b) => {
      const left = value(a, column);
      const right = value(b, column);
      if (left === null || right === null) return left === right ? a - b : left === null ? 1 : -1;
      const order = typeof left === 'string'
        ? left.localeCompare(String(right), 'en', {numeric: true})
        : left - Number(right);
      return (down ? -order : order) || a - b;
    };
    const arranged = document.createDocumentFragment();
    arranged.append(...lines.slice(0, onTop));
    /** @param {number} parent */
    const append = (parent) => {
      for (const row of (children.get(parent) || []).slice().sort(compare)) {
        arranged.append(lines[row]);
        append(row);
      }
    };
    append(-1);
    body.append(arranged);
    Array.from(table.tHead.rows[0].cells).forEach((head, i) => {
      if (i === column) head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      else head.removeAttribute('aria-sort');
    });
  }

  Array.from(table.tHead.rows[0].cells).forEach((head, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = head.textContent;
    button.addEventListener('click', () => {
      const again = sorted !== null && sorted.column === column;
      sort(column, again ? !sorted.down : column !== 0);
    });
    head.replaceChildren(button);
  });

  const tools = document.getElementById('measure');
  if (tools) {
    tools.hidden = false;
    for (const button of tools.querySelectorAll('button')) {
      button.addEventListener('click', () => show(button.dataset.measure === 'service' ? 'service' : 'response'));
    }
  }
})();
