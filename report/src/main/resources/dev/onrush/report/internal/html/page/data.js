// What the page's data block holds, and what the page says of its run.

/**
 * @typedef {{name: string, values: (number|null)[]}} Line
 * @typedef {{at: number, kind: string, text: string}} Mark
 * @typedef {'total'|'compensated'|'request'|'group'|'path'} Kind
 * @typedef {object} Row one line of the table, figures of the whole run
 * @property {string} name
 * @property {string[]} group
 * @property {number} depth
 * @property {Kind} kind
 * @property {(number|null)[]} counts count, OK, KO, KO %, per second
 * @property {(number|null)[]} response milliseconds in the order of the columns
 * @property {(number|null)[]} service
 * @property {number} responseFew bit i: too few samples for column i
 * @property {number} serviceFew
 * @property {number} [bytesReceived]
 * @property {number} [bytesSent]
 * @property {Record<string, number>} [statusCodes]
 * @typedef {object} Axis the whole run, one figure for each step
 * @property {number} step seconds
 * @property {number[]} from
 * @property {number[]} active
 * @property {Line[]} scenarios
 * @property {(number|null)[]} [wanted]
 * @property {(number|null)[]} started
 * @property {(number|null)[]} ok
 * @property {(number|null)[]} ko
 * @property {(number|null)[]} [received]
 * @property {(number|null)[]} [sent]
 * @property {(number|null)[]} [connections]
 * @property {Line[]} percentiles
 * @property {(number|null)[]} max
 * @property {Line[]} [service]
 * @property {Line[]} [delay]
 * @property {Line[]} [errors]
 * @property {Mark[]} marks
 * @typedef {object} RowCells one line of the table, a figure for each step; what is left out is zero everywhere
 * @property {number} row
 * @property {number[]} [ok]
 * @property {number[]} [ko]
 * @property {number[]} [received]
 * @property {number[]} [sent]
 * @property {number} [okTimes] where the packs of its steps begin
 * @property {number} [koTimes]
 * @property {number} [service]
 * @property {number} [delay]
 * @property {Record<string, number[]>} [status]
 * @typedef {object} CellFigures
 * @property {RowCells[]} rows
 * @property {{row: number, counts: number[]}[]} errors
 * @property {{started: number[], active: number[]}} users
 * @typedef {object} Cells what figures of a window are computed from
 * @property {number} step seconds
 * @property {number} count
 * @property {number} perDoubling buckets for each doubling of a time
 * @property {string[]} leftOut what is missing so that the page stays small, in words
 * @property {number} times how many bytes the packs take, unpacked
 * @property {string} packed base64 of what zlib compressed: the packs, and behind them CellFigures as JSON
 * @typedef {object} Data
 * @property {Row[]} rows
 * @property {Axis|null} axis
 * @property {Cells|null} cells
 * @typedef {object} Run what the page says of the run
 * @property {number} duration seconds
 * @property {number} measured seconds, without warm-up
 * @property {string[]} notes what stands beneath the name of each line of the table
 */

/** The data block of this document. @returns {Data} */
export function readData() {
  const source = document.getElementById('data');
  return JSON.parse(source && source.textContent || '{"rows":[],"axis":null,"cells":null}');
}

/** @returns {Run} */
export function readRun() {
  const source = document.getElementById('run-data');
  return JSON.parse(source && source.textContent || '{"duration":0,"measured":0,"notes":[]}');
}

/** Whether this browser can unpack cells: Chromium 80, Firefox 113, Safari 16.4, and all later ones. */
export const unpacks = () => typeof DecompressionStream === 'function';

/** @param {Cells} cells @returns {Promise<{figures: CellFigures, times: Uint8Array}>} */
export async function unpack(cells) {
  const binary = atob(cells.packed);
  const packed = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  return {figures: JSON.parse(new TextDecoder().decode(bytes.subarray(cells.times))), times: bytes.subarray(0, cells.times)};
}

/** A figure of that array, zero where it was left out. @param {number[]|undefined} values @param {number} from @param {number} to */
export function sum(values, from, to) {
  let all = 0;
  if (values) for (let i = from; i < to; i++) all += values[i] || 0;
  return all;
}

/** Whether anything in there is above zero. @param {(number|null)[]|undefined} values */
export const anything = (values) => !!values && values.some((value) => value !== null && value > 0);
