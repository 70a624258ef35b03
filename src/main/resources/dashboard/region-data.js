// What is known of one region: read once, then kept by the events.

import { get, regionPath } from '/dashboard/api.js';
import { hourOf, isoHour } from '/dashboard/format.js';
import { MAX_JUMP_HOURS } from '/dashboard/grid.js';

const KEPT_HOURS = 336;
const WINDOWS = ['24h', '168h', 'all'];

export class RegionData {
  /** Loads by hour, in MW. */
  loads = new Map();
  /** What was forecast `lead` hours ahead, by the hour for which it was: [10 %, median, 90 %]. */
  past = new Map();
  lead = 1;
  /** The newest forecast as it is on the topic; null while there is none. */
  forecast = null;
  /** Running scores by lead time and window: {count, smape, baseline, coverage}. */
  scores = new Map();
  newestHour = -Infinity;
  isRead = false;
  /** Whether events told of what does not follow on what was read: then it is to be read anew. */
  isOutdated = false;
  #name;
  #path;

  constructor(name) {
    this.#name = name;
    this.#path = regionPath(name);
  }

  /** Reads all, and gives the region's newest alerts. */
  async read(alertCount) {
    this.isOutdated = false;
    const detail = await get(this.#path);
    this.newestHour = Math.max(this.newestHour, hourOf(detail.newest_valid_time) ?? -Infinity);
    const [forecast, { alerts }, tables] = await Promise.all([
      detail.forecast && get(`${this.#path}/forecast`),
      get('/alerts', { region: this.#name, limit: alertCount }),
      Promise.all(WINDOWS.map((window) => get(`${this.#path}/accuracy`, { window }))),
      this.#readHistory(),
    ]);
    if (forecast && hourOf(forecast.issue_time) >= this.#issued()) this.forecast = forecast; // A newer one may have come meanwhile.
    for (const { window, scores } of tables) {
      for (const row of scores) {
        this.#scoresOf(row.lead_hours)[window] = {
          count: row.count, smape: row.smape_pct, baseline: row.baseline_smape_pct, coverage: row.coverage_pct,
        };
      }
    }
    this.isRead = true;
    return alerts;
  }

  /** Chooses of which lead time past forecasts are, and reads them. */
  async readLead(lead) {
    this.lead = lead;
    this.past.clear();
    await this.#readHistory();
  }

  /** All that is kept. Events that come meanwhile stay. */
  async #readHistory() {
    if (!Number.isFinite(this.newestHour)) return;
    const { lead } = this;
    const { hours } = await get(`${this.#path}/history`, {
      from: isoHour(this.newestHour - KEPT_HOURS), to: isoHour(this.newestHour + 1), lead,
    });
    if (lead !== this.lead) return; // Another one was chosen meanwhile.
    for (const { valid_time: validTime, actual_mw: mw, forecasts } of hours) {
      const hour = hourOf(validTime);
      if (mw !== null) this.loads.set(hour, mw);
      const past = forecasts[lead];
      if (past) this.past.set(hour, [past.p10_mw, past.p50_mw, past.p90_mw]);
    }
  }

  #issued() {
    return this.forecast ? hourOf(this.forecast.issue_time) : -Infinity;
  }

  #scoresOf(lead) {
    if (!this.scores.has(lead)) this.scores.set(lead, {});
    return this.scores.get(lead);
  }

  /** Takes an event; false if it changes nothing here. */
  take({ kind, record }) {
    if (record.region !== this.#name || kind === 'alert' || kind === 'state') return false;
    if (kind === 'tick') this.#takeTick(record);
    else if (kind === 'forecast') this.#takeForecast(record);
    else this.#takeScore(record);
    return true;
  }

  #takeTick(tick) {
    const hour = hourOf(tick.valid_time);
    if (hour > this.newestHour + MAX_JUMP_HOURS) { // Whether that is believed, the server says.
      this.isOutdated = true;
      return;
    }
    this.newestHour = Math.max(this.newestHour, hour);
    this.loads.set(hour, tick.load_mw);
    for (const map of [this.loads, this.past]) {
      for (const old of map.keys()) if (old < this.newestHour - KEPT_HOURS) map.delete(old);
    }
  }

  #takeForecast(record) {
    if (hourOf(record.issue_time) < this.#issued()) return;
    this.forecast = record;
    const at = record.lead_hours.indexOf(this.lead);
    if (at >= 0) this.past.set(hourOf(record.issue_time) + this.lead, [record.p10_mw[at], record.p50_mw[at], record.p90_mw[at]]);
  }

  #takeScore(record) {
    for (const window of WINDOWS) {
      this.#scoresOf(record.lead_hours)[window] = {
        count: record[`count_${window}`],
        smape: record[`smape_${window}_pct`],
        baseline: record[`baseline_smape_${window}_pct`],
        coverage: record[`coverage_${window}_pct`],
      };
    }
  }

  /** The newest hours of which load and past forecast are known: [hour, load, forecast]. */
  scoredHours(range) {
    return [...this.past].filter(([hour]) => this.loads.has(hour) && hour > this.newestHour - range)
      .map(([hour, past]) => [hour, this.loads.get(hour), past]);
  }
}
