// Figures as people read them, by the same rules as Printed.java.

export const NOTHING = '–';

/** @param {string} whole digits; a narrow space that does not break stands between thousands */
const grouped = (whole) => whole.replace(/\B(?=(\d{3})+$)/g, '\u202f');

/** @param {number} value @param {number} decimals */
export function decimal(value, decimals) {
  if (!Number.isFinite(value)) return NOTHING;
  const [whole, fraction] = value.toFixed(decimals).split('.');
  return fraction === undefined ? grouped(whole) : grouped(whole) + '.' + fraction;
}

/** @param {number|null} value */
export const countText = (value) => value === null ? '' : decimal(value, 0);

/** Milliseconds without their unit, to about three digits; a microsecond still shows. @param {number|null} millis */
export function millisText(millis) {
  if (millis === null) return NOTHING;
  if (millis === 0) return '0';
  const size = Math.abs(millis);
  return decimal(millis, size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
}

/** A time with the unit that suits it. @param {number|null} millis */
export function timeText(millis) {
  if (millis === null) return NOTHING;
  return millis < 10000 ? millisText(millis) + ' ms' : decimal(millis / 1000, 1) + ' s';
}

/** A time on an axis: no more digits than it needs. @param {number} millis */
export function shortTime(millis) {
  if (millis === 0) return '0';
  return millis >= 1000 ? grouped(String(+(millis / 1000).toPrecision(3))) + ' s' : +millis.toPrecision(3) + ' ms';
}

/** @param {number|null} value */
export function perSecondText(value) {
  return value === null ? '' : decimal(value, value >= 100 || value === 0 ? 0 : value >= 10 ? 1 : 2);
}

/** Percent without its sign: what is not zero never prints as zero, what is not all never as 100. @param {number|null} percent */
export function percentText(percent) {
  if (percent === null) return '';
  if (percent > 0 && percent < 0.01) return '< 0.01';
  if (percent > 99.99 && percent < 100) return '> 99.99';
  return decimal(percent, percent === 0 || percent === 100 ? 0 : 2);
}

/** @param {number|null} bytes */
export function bytesText(bytes) {
  if (bytes === null) return '';
  if (bytes < 1000) return decimal(bytes, 0) + (bytes === 1 ? ' byte' : ' bytes');
  const units = ['kB', 'MB', 'GB', 'TB', 'PB', 'EB'];
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return decimal(value, value >= 100 ? 0 : 1) + ' ' + units[unit];
}

/** A number on an axis: no more digits than it needs. @param {number} value */
export function tickText(value) {
  const [whole, fraction] = String(+value.toPrecision(4)).split('.');
  return fraction === undefined ? grouped(whole) : grouped(whole) + '.' + fraction;
}

/** Bytes on an axis. @param {number} bytes */
export function shortBytes(bytes) {
  const unit = bytes < 1000 ? 0 : bytes < 1e6 ? 1 : bytes < 1e9 ? 2 : 3;
  return +(bytes / Math.pow(1000, unit)).toPrecision(3) + ' ' + ['B', 'kB', 'MB', 'GB'][unit];
}

/** A figure of a chart: whole if it is whole. @param {number} value */
export const plainText = (value) => Number.isInteger(value) ? decimal(value, 0) : decimal(value, value < 10 ? 2 : 1);

/** A stretch of time. @param {number} seconds */
export function secondsText(seconds) {
  if (seconds < 120) return decimal(seconds, Number.isInteger(seconds) ? 0 : 1) + ' s';
  const whole = Math.round(seconds);
  if (whole < 7200) return Math.floor(whole / 60) + ' min ' + whole % 60 + ' s';
  return Math.floor(whole / 3600) + ' h ' + Math.floor(whole / 60) % 60 + ' min';
}

/** A point of the run as m:ss. @param {number} seconds */
export function clock(seconds) {
  const whole = Math.round(seconds);
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? hours + ':' + two(minutes) + ':' + two(whole % 60) : minutes + ':' + two(whole % 60);
}

/** @param {number} n @param {string} one @param {string} many */
export const counted = (n, one, many) => countText(n) + ' ' + (n === 1 ? one : many);
