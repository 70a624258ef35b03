// Numbers and times as people read them. A time is never without its zone, a load never without MW.

export const HOUR_MILLIS = 3_600_000;

const formats = new Map();

function cached(key, make) {
  let found = formats.get(key);
  if (!found) formats.set(key, found = make());
  return found;
}

function number(value, digits) {
  return cached(`n${digits}`, () => new Intl.NumberFormat('en', {
    minimumFractionDigits: digits, maximumFractionDigits: digits,
  })).format(value).replace('-', '−');
}

const known = (value) => value !== null && value !== undefined && !Number.isNaN(value);

/** A load, without its unit: five digits or so. */
export function load(mw) {
  if (!known(mw)) return '–';
  const size = Math.abs(mw);
  return number(mw, size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : 3);
}

export const loadMw = (mw) => `${load(mw)} MW`;

/** An error: sMAPE. */
export const percent = (value, digits = 2) => (known(value) ? `${number(value, digits)} %` : '–');

export const count = (value) => number(value ?? 0, 0);

/** How much less than the baseline, in percent; null where nothing can be said. */
export function againstBaseline(smape, baseline) {
  return known(smape) && baseline > 0 ? (smape / baseline - 1) * 100 : null;
}

/** Of that: better, worse, or same where the percent shown is none. */
export const sign = (better) => (better === null || Math.abs(better) < 0.5 ? 'same' : better > 0 ? 'worse' : 'better');

/** Hours since 1970 of a time in ISO 8601. */
export const hourOf = (iso) => (iso ? Math.floor(Date.parse(iso) / HOUR_MILLIS) : null);

const isoOf = (hour) => new Date(hour * HOUR_MILLIS).toISOString().replace('.000', '');

/** An hour as the API wants it. */
export const isoHour = (hour) => isoOf(hour);

class Zones extends EventTarget {
  #mode = 'utc';

  constructor() {
    super();
    try { if (localStorage.getItem('loadcast.zone') === 'region') this.#mode = 'region'; } catch { /* no storage, no memory */ }
  }

  get mode() { return this.#mode; }

  set mode(mode) {
    this.#mode = mode;
    try { localStorage.setItem('loadcast.zone', mode); } catch { /* no storage, no memory */ }
    this.dispatchEvent(new Event('change'));
  }

  /** The zone to show the region's times in. */
  of(region) {
    const zone = this.#mode === 'region' && region ? region.zone : 'UTC';
    return zone === 'Z' || !isZone(zone) ? 'UTC' : zone;
  }
}

function isZone(zone) {
  return cached(`z${zone}`, () => {
    try { return { known: Boolean(new Intl.DateTimeFormat('en', { timeZone: zone })) }; } catch { return { known: false }; }
  }).known;
}

/** Which zone times are shown in: UTC, or each region's own. */
export const zones = new Zones();

const offset = (part) => part.replace(/^GMT(\+0)?$/, 'UTC').replace('GMT', 'UTC').replace('-', '−');

function timeFormat(zone, options) {
  return cached(`t${zone}${JSON.stringify(options)}`, () => new Intl.DateTimeFormat('en-GB', {
    timeZone: zone, hourCycle: 'h23', timeZoneName: 'shortOffset', ...options,
  }));
}

function parts(hour, zone, options) {
  const all = {};
  for (const part of timeFormat(zone, options).formatToParts(new Date(hour * HOUR_MILLIS))) all[part.type] = part.value;
  return all;
}

/** "3 Aug 2018, 03:00 UTC". */
export function time(hour, zone = 'UTC') {
  if (hour === null || hour === undefined || !Number.isFinite(hour)) return '–';
  const it = parts(hour, zone, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
  return `${it.day} ${it.month} ${it.year}, ${it.hour}:${it.minute} ${offset(it.timeZoneName)}`;
}

/** "Fri 3 Aug, 03:00 UTC". */
export function shortTime(hour, zone = 'UTC') {
  if (hour === null || hour === undefined || !Number.isFinite(hour)) return '–';
  const it = parts(hour, zone, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
  return `${it.weekday} ${it.day} ${it.month}, ${it.hour}:${it.minute} ${offset(it.timeZoneName)}`;
}

/** "3 Aug, 03:00 UTC". */
export function briefTime(hour, zone = 'UTC') {
  return shortTime(hour, zone).replace(/^\w+ (?=\d)/, '');
}

const AGES = [['year', 8766], ['month', 730.5], ['day', 24], ['hour', 1]];

/** "5 hours ago", "2 years ago", by the clock of this machine; empty for the last three hours, and for what is still to come. */
export function ago(hour) {
  const age = Date.now() / HOUR_MILLIS - hour;
  if (age <= 3) return '';
  const [unit, hoursOf] = AGES.find(([, hours]) => age >= hours);
  return cached('ago', () => new Intl.RelativeTimeFormat('en')).format(-Math.floor(age / hoursOf), unit);
}

/** The hour of the day, 0 to 23, in the zone. */
export function hourOfDay(hour, zone) {
  return Number(parts(hour, zone, { hour: '2-digit' }).hour);
}

/** "5 h", "3 d 4 h". */
export function hours(n) {
  return n < 48 ? `${n} h` : `${Math.floor(n / 24)} d${n % 24 ? ` ${n % 24} h` : ''}`;
}

/** sMAPE of one hour in percent; nothing over nothing is no error. */
export function smape(actual, forecast) {
  const sum = Math.abs(actual) + Math.abs(forecast);
  return sum === 0 ? 0 : (200 * Math.abs(actual - forecast)) / sum;
}
