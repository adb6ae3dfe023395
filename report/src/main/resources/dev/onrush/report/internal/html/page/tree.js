// The tree of the table: who stands beneath whom, which lines are shown after sorting, filtering and collapsing.

/** @typedef {import('./data.js').Row} Row */

export class Tree {
  /** @param {Row[]} rows in the order of the tree */
  constructor(rows) {
    this.rows = rows;
    /** The total, and the compensated series beneath it: they stay on top. */
    this.onTop = rows.filter((row) => row.kind === 'total' || row.kind === 'compensated').length;
    /** @type {number[]} */
    this.parents = rows.map(() => -1);
    /** @type {number[][]} */
    this.children = rows.map(() => []);
    /** @type {number[]} */
    this.roots = [];
    /** @type {Set<number>} */
    this.collapsed = new Set();
    /** Lines to show, when filtered. @type {Set<number>|null} */
    this.kept = null;
    /** Requests that the filter found, and all of them. */
    this.found = 0;
    this.requests = rows.filter((row) => row.kind === 'request').length;
    /** @type {number[]} */
    const open = [];
    for (let row = this.onTop; row < rows.length; row++) {
      const depth = Math.min(rows[row].depth, open.length);
      open.length = depth;
      if (depth > 0) {
        this.parents[row] = open[depth - 1];
        this.children[open[depth - 1]].push(row);
      } else this.roots.push(row);
      open.push(row);
    }
  }

  /** Keeps what has the text in its name or in the path above it, and all that leads there. @param {string} text */
  filter(text) {
    const wanted = text.trim().toLowerCase();
    this.found = this.requests;
    this.kept = null;
    if (wanted === '') return;
    const kept = new Set();
    this.found = 0;
    for (let row = this.onTop; row < this.rows.length; row++) {
      const {name, group, kind} = this.rows[row];
      if (![...group, name].some((part) => part.toLowerCase().includes(wanted))) continue;
      this.found += kind === 'request' ? 1 : 0;
      for (let at = row; at >= 0 && !kept.has(at); at = this.parents[at]) kept.add(at);
    }
    this.kept = kept;
  }

  /** Lines in the order in which they are shown. @param {((a: number, b: number) => number)|null} compare lines of one group */
  lines(compare) {
    /** @type {number[]} */
    const shown = [];
    for (let row = 0; row < this.onTop; row++) shown.push(row);
    /** @param {number[]} rows */
    const add = (rows) => {
      for (const row of compare ? rows.slice().sort(compare) : rows) {
        if (this.kept !== null && !this.kept.has(row)) continue;
        shown.push(row);
        if (this.kept !== null || !this.collapsed.has(row)) add(this.children[row]);
      }
    };
    add(this.roots);
    return shown;
  }
}
