// One region: its load and what is forecast, what was forecast, how good that was, and what is wrong.

import { alertCard } from '/dashboard/alerts.js';
import { legend, LoadChart, reading } from '/dashboard/charts.js';
import { el, printable, scrolling, setText } from '/dashboard/dom.js';
import { againstBaseline, count, hourOf, hourOfDay, hours, load, loadMw, percent, shortTime, sign, smape, time, zones } from '/dashboard/format.js';
import { RegionData } from '/dashboard/region-data.js';
import { paintState, stateTag } from '/dashboard/state.js';

/** Until a forecast says how far it reaches. */
const USUAL_HORIZON = 24;
const WINDOWS = { '24h': '24 hours', '168h': '7 days', all: 'all hours' };
const SHOWN_ALERTS = 8;
const READ_AGAIN_MILLIS = 500;
const NEXT_READ_AGAIN_MILLIS = 10_000;

export class RegionPage {
  #grid;
  #name;
  #parts = {};
  #charts = {};
  #abort = new AbortController();
  #alertIds = '';
  #range = matchMedia('(max-width: 820px)').matches ? 72 : 168;
  #stale = true;
  #data;
  /** Whether the server was asked since it has been known. */
  #asked = false;
  #readTimer = 0;
  #readAt = -Infinity;

  constructor(grid, name) {
    this.#grid = grid;
    this.#name = name;
    this.#data = new RegionData(name);
    this.title = printable(name);
  }

  open(main) {
    const parts = this.#parts;
    parts.state = stateTag('live');
    parts.state.hidden = true;
    parts.ranges = choice('Shown', [[48, '2 days'], [72, '3 days'], [168, '7 days'], [336, '14 days']], this.#range, (hours) => {
      this.#range = Number(hours);
      this.refresh();
    });
    parts.ranges.hidden = true;
    parts.facts = el('p', { class: 'facts' });
    parts.body = el('div', { class: 'panels', hidden: true }, this.#now(), this.#before(), this.#byHour(), this.#accuracy(), this.#newest(), this.#alerts());
    parts.empty = el('div', { class: 'empty' }, el('p', {}, 'Reading…'));
    main.replaceChildren(
      el('nav', { class: 'crumbs', 'aria-label': 'Where you are' }, el('a', { href: '#/' }, 'Regions'), ' / ', el('span', { 'aria-current': 'page' }, this.title)),
      el('div', { class: 'title' }, el('h1', {}, this.title), parts.state, parts.ranges),
      parts.facts, parts.empty, parts.body);
    const { signal } = this.#abort;
    this.#grid.addEventListener('record', ({ detail }) => {
      this.#stale = this.#data.take(detail) || this.#stale;
      if (this.#data.isOutdated) this.#readAgain();
    }, { signal });
    this.#grid.addEventListener('read', () => this.#read(), { signal });
    this.#grid.addEventListener('connection', () => { if (this.#grid.connection === 'live' && !this.#data.isRead) this.#read(); }, { signal });
    this.#read();
  }

  close() {
    this.#abort.abort();
    clearTimeout(this.#readTimer);
    Object.values(this.#charts).forEach((chart) => chart.close());
  }

  async #read() {
    if (this.#grid.isRead && !this.#here()) {
      this.#sayUnknown();
      return;
    }
    this.#asked = this.#grid.isRead;
    try {
      const alerts = await this.#data.read(SHOWN_ALERTS);
      if (this.#abort.signal.aborted) return; // Somebody has gone on to another view.
      alerts.forEach((alert) => this.#grid.alerts.set(alert.id, this.#grid.alerts.get(alert.id) ?? alert));
      this.#parts.empty.hidden = true;
      this.#parts.body.hidden = false;
      this.#parts.state.hidden = false;
      this.#parts.ranges.hidden = false;
      this.refresh();
    } catch (e) {
      if (this.#data.isRead) return;
      if (e.status === 404) this.#sayUnknown();
      else setText(this.#parts.empty, `The server does not say: ${e.message}`);
    }
  }

  /** Soon; but now and then only, as the server may not believe what does not follow on the rest. */
  #readAgain() {
    if (this.#readTimer) return;
    const wait = Math.max(READ_AGAIN_MILLIS, this.#readAt + NEXT_READ_AGAIN_MILLIS - performance.now());
    this.#readTimer = setTimeout(() => {
      this.#readTimer = 0;
      this.#readAt = performance.now();
      this.#read();
    }, wait);
  }

  #sayUnknown() {
    this.#parts.empty.replaceChildren(el('h2', {}, 'No such region'), el('p', {}, 'Nothing has been read of it. ', el('a', { href: '#/' }, 'All regions')));
  }

  #here() {
    return this.#grid.regions.get(this.#name);
  }

  paint() {
    const region = this.#here();
    if (region && !this.#data.isRead && !this.#asked) this.#read();
    if (!region || !this.#data.isRead) return;
    const zone = zones.of(region);
    paintState(this.#parts.state, region.state);
    const own = region.zone === 'Z' ? 'UTC' : region.zone;
    setText(this.#parts.facts, `${loadMw(region.loadMw)} in the hour from ${time(region.newest, zone)}. Zone ${own}; times are shown in ${zone === own ? 'it' : zone}.`);
    this.#paintAlerts(zone);
    if (!this.#stale) return;
    this.#stale = false;
    this.#paintNow(region, zone);
    this.#paintBefore(zone);
    this.#paintByHour(zone);
    this.#paintAccuracy();
    this.#paintNewest(zone);
  }

  /** The zone has changed, or the like. */
  refresh() {
    this.#stale = true;
    this.#alertIds = '';
    this.paint();
  }

  // The load now, and what is forecast.

  #now() {
    const chart = this.#charts.now = new LoadChart({
      label: 'Load and forecast',
      lines: [
        { name: '90 %', colour: '--forecast-edge', width: 1 }, { name: '10 %', colour: '--forecast-edge', width: 1 },
        { name: 'Forecast', colour: '--forecast', width: 2, dash: [6, 4] }, { name: 'Load', colour: '--load', width: 2 },
      ],
      bands: [{ of: [0, 1], colour: '--fan' }],
      mark: () => this.#data.forecast && { hour: hourOf(this.#data.forecast.issue_time), text: 'issued' },
      says: (index) => this.#sayNow(index),
      nothing: () => `Nothing has been read of the last ${hours(this.#range)}.`,
    });
    this.#parts.numbers = el('tbody', {});
    return section('Load and forecast', 'wide',
      el('div', { class: 'panel-tools' }, legend([{ name: 'Load', kind: 'load' }, { name: 'Forecast, median', kind: 'median' }, { name: '10 % to 90 %', kind: 'fan' }])),
      ...chart.elements,
      this.#parts.inNumbers = el('details', {}, el('summary', {}, 'The forecast in numbers'),
        el('div', scrolling('Newest forecast by hour'), el('table', {}, el('caption', { class: 'unseen' }, 'Newest forecast by hour'),
          el('thead', {}, el('tr', {}, ['Hour from', 'Hours ahead', '10 %, MW', 'Median, MW', '90 %, MW'].map((it) => el('th', { scope: 'col' }, it)))), this.#parts.numbers))));
  }

  #nowHours = [];

  #points = new Map();

  #paintNow(region, zone) {
    const points = this.#points = new Map();
    const forecast = this.#data.forecast;
    const issued = forecast ? hourOf(forecast.issue_time) : null;
    forecast?.lead_hours.forEach((lead, i) => points.set(issued + lead, [forecast.p10_mw[i], forecast.p50_mw[i], forecast.p90_mw[i]]));
    const known = this.#data.loads.get(issued);
    // The fan opens from the load that it was issued at.
    if (known !== undefined) points.set(issued, [known, known, known]);
    const newest = region.newest ?? issued;
    this.#nowHours = range(newest - this.#range, Math.max(newest, (issued ?? newest) + (forecast ? this.#horizon() : 0)));
    const of = (i) => this.#nowHours.map((hour) => points.get(hour)?.[i] ?? null);
    this.#charts.now.show(this.#nowHours, [of(2), of(0), of(1), this.#nowHours.map((hour) => this.#data.loads.get(hour) ?? null)], zone);
    this.#charts.now.label = forecast
      ? `Load of the last ${this.#range} hours and forecast of the next ${this.#horizon()}: the next hour ${loadMw(forecast.p50_mw[0])}, highest median ${loadMw(Math.max(...forecast.p50_mw))}. The numbers are in the table below.`
      : `Load of the last ${this.#range} hours; there is no forecast yet.`;
    this.#parts.inNumbers.hidden = !forecast;
    this.#parts.numbers.replaceChildren(...(forecast?.lead_hours ?? []).map((lead, i) => el('tr', {},
      el('th', { scope: 'row' }, shortTime(issued + lead, zone)), el('td', {}, String(lead)),
      ...[forecast.p10_mw[i], forecast.p50_mw[i], forecast.p90_mw[i]].map((mw) => el('td', {}, load(mw))))));
  }

  #sayNow(index) {
    const zone = zones.of(this.#here());
    if (index === null && !this.#data.forecast) return 'There is no forecast yet: the region warms up.';
    if (index === null) return `Hours start at the time shown, in ${zone}. Point at the chart to read it.`;
    const hour = this.#nowHours[index];
    const point = this.#data.forecast && hour > hourOf(this.#data.forecast.issue_time) ? this.#points.get(hour) : null;
    return reading(hour, zone, [['load', this.#data.loads.get(hour)], ['forecast', point?.[1]], ['between', point && `${load(point[0])} and ${loadMw(point[2])}`]]);
  }

  // What was forecast, against what came.

  #before() {
    const chart = this.#charts.before = new LoadChart({
      label: 'Past forecasts and loads',
      lines: [
        { name: '90 %', colour: '--past-edge', width: 1 }, { name: '10 %', colour: '--past-edge', width: 1 },
        { name: 'Forecast', colour: '--past', width: 2, dash: [6, 4] }, { name: 'Load', colour: '--load', width: 1.5 },
      ],
      bands: [{ of: [0, 1], colour: '--past-fan' }],
      says: (index) => this.#sayBefore(index),
      nothing: () => this.#sayBefore(null),
    });
    const leads = choice('Forecast', [], this.#data.lead, (lead) => {
      this.#data.readLead(Number(lead)).then(() => { if (!this.#abort.signal.aborted) this.refresh(); }, () => { /* It is read again with all else. */ });
    });
    this.#parts.lead = leads.querySelector('select');
    this.#parts.lead.id = 'lead';
    return section('What was forecast', 'wide',
      el('div', { class: 'panel-tools' }, legend([{ name: 'Load', kind: 'load' }, { name: 'Forecast then, median', kind: 'past' }, { name: '10 % to 90 %', kind: 'past-fan' }]), leads),
      ...chart.elements);
  }

  #beforeHours = [];

  #horizon() {
    return this.#data.forecast?.lead_hours.at(-1) ?? USUAL_HORIZON;
  }

  #paintLeads() {
    const { lead } = this.#parts;
    if (lead.childElementCount === this.#horizon()) return;
    lead.replaceChildren(...range(1, this.#horizon()).map((it) => el('option', { value: it, selected: it === this.#data.lead }, `${it} h ahead`)));
  }

  #paintBefore(zone) {
    this.#paintLeads();
    const hours = this.#beforeHours = range(...bounds(this.#data.scoredHours(this.#range).map(([hour]) => hour)));
    const of = (i) => hours.map((hour) => this.#data.past.get(hour)?.[i] ?? null);
    this.#charts.before.show(hours, [of(2), of(0), of(1), hours.map((hour) => this.#data.loads.get(hour) ?? null)], zone);
    this.#charts.before.label = this.#sayBefore(null);
  }

  #sayBefore(index) {
    if (index !== null) {
      const hour = this.#beforeHours[index];
      const [mw, past] = [this.#data.loads.get(hour), this.#data.past.get(hour)];
      return reading(hour, zones.of(this.#here()), [
        ['load', mw], [`forecast ${this.#data.lead} h before`, past?.[1]], ['between', past && `${load(past[0])} and ${loadMw(past[2])}`],
        ['sMAPE', mw !== undefined && past ? percent(smape(mw, past[1])) : null],
      ]);
    }
    const both = this.#data.scoredHours(this.#range);
    if (both.length === 0) return `No forecast of ${this.#data.lead} h ahead has met its hour yet.`;
    const inside = both.filter(([, mw, past]) => mw >= past[0] && mw <= past[2]).length;
    return `${this.#data.lead} h ahead, ${count(both.length)} hours: sMAPE ${percent(mean(both.map(([, mw, past]) => smape(mw, past[1]))))}; `
      + `${((100 * inside) / both.length).toFixed(0)} % of loads inside the interval, where 80 % is meant.`;
  }

  // The error by hour of the day.

  #byHour() {
    this.#parts.bars = el('ol', { class: 'bars' });
    this.#parts.grid = el('div', { class: 'bars-grid', 'aria-hidden': 'true' });
    this.#parts.barsNote = el('p', { class: 'note' });
    return section('Error by hour of the day', '', el('div', { class: 'barred' }, this.#parts.grid, this.#parts.bars), this.#parts.barsNote);
  }

  #paintByHour(zone) {
    const errors = range(0, 23).map(() => []);
    for (const [hour, mw, past] of this.#data.scoredHours(this.#range)) errors[hourOfDay(hour, zone)].push(smape(mw, past[1]));
    const means = errors.map(mean);
    const highest = Math.max(...means.filter((it) => it !== null), 0.01);
    if (this.#parts.bars.childElementCount === 0) {
      this.#parts.bars.append(...range(0, 23).map((hour) => el('li', {}, el('span', { class: 'bar' }), el('span', { class: 'unseen' }),
        el('span', { class: 'tick', 'aria-hidden': 'true' }, hour % 3 === 0 ? String(hour).padStart(2, '0') : ''))));
    }
    means.forEach((value, hour) => {
      const item = this.#parts.bars.children[hour];
      item.firstChild.style.height = `${((value ?? 0) / highest) * 100}%`;
      item.title = `${String(hour).padStart(2, '0')}:00: ${value === null ? 'nothing scored' : `${percent(value)} over ${errors[hour].length} hours`}`;
      setText(item.children[1], item.title);
    });
    this.#parts.grid.replaceChildren(...(means.every((it) => it === null) ? [] : gridLines(highest)).map((value) => {
      const line = el('span', {}, `${Number(value.toPrecision(6))} %`);
      line.style.bottom = `${(value / highest) * 100}%`;
      return line;
    }));
    setText(this.#parts.barsNote, means.every((it) => it === null) ? this.#sayBefore(null) : `Mean sMAPE of forecasts ${this.#data.lead} h ahead by the hour at which they hold, ${zone}; the highest bar is ${percent(highest)}.`);
  }

  // The running scores.

  #accuracy() {
    this.#parts.scores = el('tbody', {});
    return section('Accuracy', '',
      el('div', scrolling('Accuracy by lead time and window'), el('table', {}, el('caption', { class: 'unseen' }, 'Running sMAPE by lead time and window'),
        el('thead', {}, el('tr', {}, ['Hours ahead', 'Over the last', 'sMAPE', 'Base\u00adline', 'Differ\u00adence', 'In inter\u00adval', 'Hours'].map((it) => el('th', { scope: 'col' }, it)))),
        this.#parts.scores)),
      el('p', { class: 'note' }, 'The baseline is the last load times yesterday’s change at that hour. Of loads, 80 % should lie in the interval.'));
  }

  #paintAccuracy() {
    const rows = [...this.#data.scores].sort(([a], [b]) => a - b).flatMap(([lead, windows]) => Object.entries(WINDOWS)
      .filter(([window]) => windows[window]?.count > 0)
      .map(([window, word], i) => {
        const score = windows[window];
        const better = againstBaseline(score.smape, score.baseline);
        return el('tr', { class: i === 0 ? 'first' : null }, el('th', { scope: 'row' }, `${lead} h`), el('td', { class: 'words' }, word),
          el('td', {}, percent(score.smape)), el('td', {}, percent(score.baseline)),
          el('td', { class: 'better', dataset: { sign: sign(better) } }, better === null ? '–' : `${{ better: '▼ −', worse: '▲ +', same: '= ' }[sign(better)]}${Math.abs(better).toFixed(0)} %`),
          el('td', {}, percent(score.coverage, 0)), el('td', {}, count(score.count)));
      }));
    this.#parts.scores.replaceChildren(...(rows.length ? rows : [el('tr', {}, el('td', { colspan: '7', class: 'words' }, 'No forecast has met its hour yet.'))]));
  }

  // Of the newest forecast.

  #newest() {
    this.#parts.newest = el('dl', { class: 'pairs' });
    return section('Newest forecast', '', this.#parts.newest);
  }

  #paintNewest(zone) {
    const it = this.#data.forecast;
    const pairs = it ? {
      Issued: time(hourOf(it.issue_time), zone),
      Quality: { ok: 'ok: from the model, all hours read', imputed: 'imputed: from the model, some hours made up', fallback: 'fallback: from a simpler method' }[it.quality] ?? it.quality,
      Reason: it.reason, Method: it.method, Revision: String(it.revision ?? 0), Model: it.model && `${it.model.name} ${it.model.version}`,
    } : { Issued: 'none yet; the region warms up' };
    this.#parts.newest.replaceChildren(...Object.entries(pairs).filter(([, value]) => value)
      .map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, printable(String(value))))));
  }

  // What is or was wrong.

  #alerts() {
    this.#parts.alerts = el('div', { class: 'cards' });
    return section('Recent alerts', '', this.#parts.alerts);
  }

  #paintAlerts(zone) {
    const alerts = [...this.#grid.alerts.values()].filter((alert) => alert.region === this.#name)
      .sort((a, b) => (a.raised_time < b.raised_time ? 1 : -1)).slice(0, SHOWN_ALERTS);
    const ids = alerts.map((alert) => `${alert.id}${alert.cleared_time}`).join('\n') || 'none';
    if (ids === this.#alertIds) return;
    this.#alertIds = ids;
    this.#parts.alerts.replaceChildren(...(alerts.length ? alerts.map((alert) => alertCard(alert, zone, false)) : [el('p', { class: 'note' }, 'None.')]));
  }
}

function section(title, kind, ...children) {
  return el('section', { class: `panel ${kind}`, 'aria-label': title }, el('h2', {}, title), ...children);
}

function choice(title, options, chosen, then) {
  const select = el('select', { on: { change: () => then(select.value) } },
    options.map(([value, text]) => el('option', { value, selected: value === chosen }, text)));
  return el('label', { class: 'choice' }, `${title} `, select);
}

const mean = (values) => (values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length);

function range(first, last) {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}

/** Two to five round values up to the highest. */
function gridLines(highest) {
  const power = 10 ** Math.floor(Math.log10(highest / 2));
  const step = [5, 2, 1].map((it) => it * power).find((it) => it <= highest / 2) ?? power;
  return range(1, Math.floor(highest / step + 1e-9)).map((i) => i * step);
}

function bounds(numbers) {
  return numbers.length === 0 ? [0, -1] : [Math.min(...numbers), Math.max(...numbers)];
}
