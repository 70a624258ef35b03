// All regions and alerts as the browser knows them: read once, then kept by the stream of events.

import { allAlerts, allRegions, EventFeed, get, regionPath } from '/dashboard/api.js';
import { hourOf } from '/dashboard/format.js';

const SPARK_HOURS = 24;
export const MAX_JUMP_HOURS = 24;
const READ_AGAIN_MILLIS = 2_000;
const NEW_REGIONS_MILLIS = 500;
const NEXT_NEW_REGIONS_MILLIS = 10_000;
const MOST_OVER = 1_000;
const PAINT_MILLIS = 200;

function regionOf(entry) {
  const { forecast } = entry;
  return {
    name: entry.region,
    zone: entry.zone,
    state: entry.state,
    newest: hourOf(entry.newest_valid_time),
    loadMw: entry.newest_load_mw,
    forecast: forecast && {
      issued: hourOf(forecast.issue_time), quality: forecast.quality, p10: forecast.p10_mw, p50: forecast.p50_mw, p90: forecast.p90_mw,
    },
    smape: entry.smape_24h_pct,
    baseline: entry.baseline_smape_24h_pct,
    scored: entry.count_24h,
    scoredHour: null,
    activeAlerts: entry.active_alerts,
    spark: entry.spark_mw,
  };
}

/**
 * Tells `paint` some times a second while anything changes, `record` of each event, `raised` of each new alert, `read` when all was
 * read (anew), and `connection` when that is another: connecting, live, reading (the server is), reconnecting, lost.
 */
export class Grid extends EventTarget {
  regions = new Map();
  /** By id: all that are not over, and the newest that are, which are fewer than `overCount` where the server keeps more. */
  alerts = new Map();
  overCount = 0;
  newest = -Infinity;
  connection = 'connecting';
  isRead = false;
  /** Counts what changes which regions there are. */
  edition = 0;
  heardAt = null;
  readAt = null;

  #complete = true;
  #reading = null;
  #waiting = [];
  #painting = false;
  #readTimer = 0;
  #open = false;
  #isLost = false;
  #isSilent = false;

  start() {
    new EventFeed({
      opened: () => {
        this.#open = true;
        this.#isLost = false;
        this.#isSilent = false;
        if (!this.isRead) this.read();
        this.#tell();
      },
      lost: () => {
        this.#open = false;
        this.#isLost = true;
        this.#tell();
      },
      silent: () => {
        this.#open = false;
        this.#isSilent = true;
        this.#tell();
      },
      heard: () => { this.heardAt = new Date(); },
      missed: () => this.#readSoon(),
      event: (kind, record) => this.#happened(kind, record),
    });
    this.read();
  }

  /** Reads all anew; what happens meanwhile is taken afterwards. */
  async read() {
    if (this.#reading) return this.#reading;
    this.#reading = this.#readAll();
    try {
      await this.#reading;
    } catch {
      this.#readSoon();
    } finally {
      this.#reading = null;
    }
  }

  async #readAll() {
    this.#waiting = [];
    const [{ regions, complete }, { active, over, overCount }] = await Promise.all([allRegions(), allAlerts()]);
    this.regions = new Map(regions.map((entry) => [entry.region, regionOf(entry)]));
    this.alerts = new Map([...active.reverse(), ...over.reverse()].map((alert) => [alert.id, alert]));
    this.overCount = overCount;
    this.newest = regions.reduce((newest, entry) => Math.max(newest, hourOf(entry.newest_valid_time) ?? -Infinity), -Infinity);
    this.#complete = complete;
    this.isRead = true;
    this.readAt = new Date();
    this.edition++;
    const meanwhile = this.#waiting;
    this.#reading = null;
    meanwhile.forEach(([kind, record]) => this.#take(kind, record));
    this.#tell();
    this.dispatchEvent(new Event('read'));
    this.#paint();
    if (!complete) this.#readSoon(3 * READ_AGAIN_MILLIS);
  }

  #readSoon(millis = READ_AGAIN_MILLIS) {
    clearTimeout(this.#readTimer);
    this.#readTimer = setTimeout(() => this.read(), millis);
  }

  #tell() {
    const was = this.connection;
    if (!this.#open) this.connection = this.#isLost ? 'lost' : this.#isSilent ? 'reconnecting' : 'connecting';
    else if (!this.isRead) this.connection = 'connecting';
    else this.connection = this.#complete ? 'live' : 'reading';
    if (was !== this.connection) this.dispatchEvent(new Event('connection'));
  }

  #happened(kind, record) {
    if (this.#reading) this.#waiting.push([kind, record]);
    else this.#take(kind, record);
    this.dispatchEvent(new CustomEvent('record', { detail: { kind, record } }));
    this.#paint();
  }

  #take(kind, record) {
    if (kind === 'alert') {
      this.#takeAlert(record);
      return;
    }
    const region = this.regions.get(record.region);
    if (!region) this.#readNew(record.region);
    else if (kind === 'tick') this.#takeTick(region, record);
    else if (kind === 'forecast') takeForecast(region, record);
    else if (kind === 'state') region.state = record.state;
    else if (record.lead_hours === 1) takeScore(region, record);
  }

  #takeTick(region, tick) {
    const hour = hourOf(tick.valid_time);
    if (region.newest === null || hour - region.newest > MAX_JUMP_HOURS) {
      // Whether that is believed, the server says.
      this.#readNew(region.name);
      return;
    }
    const ahead = hour - region.newest;
    if (ahead >= 0) {
      region.newest = hour;
      region.loadMw = tick.load_mw;
      this.newest = Math.max(this.newest, hour);
      for (let i = 0; i < ahead; i++) {
        region.spark.shift();
        region.spark.push(null);
      }
    }
    const place = SPARK_HOURS - 1 + Math.min(0, ahead);
    if (place >= 0) region.spark[place] = tick.load_mw;
  }

  #takeAlert(alert) {
    const before = this.alerts.get(alert.id);
    if (before && before.cleared_time && !alert.cleared_time) return;
    this.alerts.set(alert.id, alert);
    if (alert.cleared_time && !before?.cleared_time) this.overCount++;
    this.#dropOver();
    const region = alert.region === null ? null : this.regions.get(alert.region);
    if (!alert.cleared_time && !before) {
      if (region) region.activeAlerts++;
      this.dispatchEvent(new CustomEvent('raised', { detail: alert }));
    } else if (alert.cleared_time && !before?.cleared_time && region) {
      region.activeAlerts = Math.max(0, region.activeAlerts - 1);
    }
  }

  /** The oldest that are over, half of them at once; those that are not over all stay. */
  #dropOver() {
    if (this.alerts.size <= MOST_OVER) return;
    const over = [...this.alerts.values()].filter((alert) => alert.cleared_time);
    if (over.length <= MOST_OVER) return;
    over.sort((a, b) => (a.raised_time < b.raised_time ? -1 : 1));
    over.slice(0, over.length - MOST_OVER / 2).forEach((alert) => this.alerts.delete(alert.id));
  }

  #unknown = new Set();
  #askedAt = -Infinity;

  /** Soon; but now and then only, as the server may have no room for regions that it tells of. */
  #readNew(name) {
    if (this.#unknown.size === 0) {
      const wait = Math.max(NEW_REGIONS_MILLIS, this.#askedAt + NEXT_NEW_REGIONS_MILLIS - performance.now());
      setTimeout(() => this.#readUnknown(), wait);
    }
    this.#unknown.add(name);
  }

  async #readUnknown() {
    const names = [...this.#unknown];
    this.#unknown.clear();
    this.#askedAt = performance.now();
    if (names.length > 20) { // It takes less to read all.
      this.read();
      return;
    }
    for (const name of names) {
      try {
        const region = regionOf(await get(regionPath(name)));
        this.regions.set(name, region);
        this.newest = Math.max(this.newest, region.newest ?? -Infinity);
        this.edition++;
      } catch { /* It is not known yet; its next event asks again. */ }
    }
    this.#paint();
  }

  #paint() {
    if (this.#painting) return;
    this.#painting = true;
    setTimeout(() => requestAnimationFrame(() => {
      this.#painting = false;
      this.dispatchEvent(new Event('paint'));
    }), PAINT_MILLIS);
  }

  /** Alerts that are not over. */
  activeAlerts() {
    return [...this.alerts.values()].filter((alert) => !alert.cleared_time);
  }
}

function takeForecast(region, record) {
  const issued = hourOf(record.issue_time);
  if (region.forecast && issued < region.forecast.issued) return;
  region.forecast = { issued, quality: record.quality, p10: record.p10_mw[0], p50: record.p50_mw[0], p90: record.p90_mw[0] };
}

function takeScore(region, record) {
  const hour = hourOf(record.valid_time);
  if (region.scoredHour !== null && hour < region.scoredHour) return;
  region.scoredHour = hour;
  region.smape = record.smape_24h_pct;
  region.baseline = record.baseline_smape_24h_pct;
  region.scored = record.count_24h;
}
