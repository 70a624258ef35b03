// The card of the model in force.

import { word } from '/dashboard/alerts.js';
import { get } from '/dashboard/api.js';
import { el, printable, regionLink, scrolling } from '/dashboard/dom.js';

const READ_AGAIN_MILLIS = 30_000;
const MODEL_CHANGES = new Set(['model-promoted', 'model-rolled-back', 'model-refused']);

/** The card of a model: what it is, how it was trained, what it scored. Read again when the server is back, when models change, and now and then. */
export class ModelPage {
  title = 'Model';
  #grid;
  #main = null;
  #shown = null;
  #abort = new AbortController();
  #timer = 0;

  constructor(grid) {
    this.#grid = grid;
  }

  async open(main) {
    this.#main = main;
    main.replaceChildren(el('h1', {}, 'Model'), el('p', { class: 'empty' }, 'Reading…'));
    const { signal } = this.#abort;
    this.#grid.addEventListener('connection', () => { if (this.#grid.connection === 'live') this.#read(); }, { signal });
    this.#grid.addEventListener('read', () => this.#read(), { signal });
    this.#grid.addEventListener('record', ({ detail: { kind, record } }) => {
      if (kind === 'alert' && MODEL_CHANGES.has(record.kind)) this.#read();
    }, { signal });
    // Another model may be put in force without an alert.
    this.#timer = setInterval(() => this.#read(), READ_AGAIN_MILLIS);
    await this.#read();
  }

  async #read() {
    try {
      const served = await get('/models');
      const key = JSON.stringify(served);
      // Who reads the same card keeps what is open and selected in it.
      if (this.#abort.signal.aborted || key === this.#shown) return;
      this.#shown = key;
      this.#main.replaceChildren(...modelCard(served));
    } catch (e) {
      if (!this.#abort.signal.aborted && this.#shown === null) this.#main.lastChild.textContent = `The server does not say: ${e.message}`;
    }
  }

  close() {
    this.#abort.abort();
    clearInterval(this.#timer);
  }

  paint() { /* It follows the events that change it by itself. */ }

  refresh() { /* It shows no times. */ }
}

const SHOWN_REGIONS = 20;

/** Champions of single regions, and challengers: a line for each model. */
function others(served) {
  const rows = new Map();
  const of = (model) => {
    if (!rows.has(model.sha256)) rows.set(model.sha256, { model, regions: [], challenges: false });
    return rows.get(model.sha256);
  };
  for (const [region, model] of Object.entries(served.regions ?? {})) of(model).regions.push(region);
  for (const model of served.challengers ?? []) of(model).challenges = true;
  if (rows.size === 0) return null;
  return panel('Other models', '', el('dl', { class: 'pairs' }, [...rows.values()].map(({ model, regions, challenges }) => el('div', {},
    el('dt', {}, printable(`${model.name} ${model.version}`), el('br'), el('code', { title: model.sha256 }, model.sha256.slice(0, 12))),
    el('dd', {},
      regions.length ? el('p', {}, 'Forecasts in place of the model above: ', regions.slice(0, SHOWN_REGIONS).flatMap((it, i) => [i ? ', ' : null, regionLink(it)]),
        regions.length > SHOWN_REGIONS ? ` and ${regions.length - SHOWN_REGIONS} more regions` : null) : null,
      challenges ? el('p', {}, 'Challenger: runs beside the model above in its regions, scored and not published') : null)))));
}

function pairs(fields, kind = '') {
  return el('dl', { class: `pairs ${kind}` }, Object.entries(fields).filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name, value]) => el('div', {}, el('dt', {}, printable(name)), el('dd', {}, printable(String(value))))));
}

const panel = (title, kind, ...children) => el('section', { class: `panel ${kind}`, 'aria-label': title }, el('h2', {}, title), ...children);

function modelCard(served) {
  const { in_force: model, device } = served;
  return [
    el('div', { class: 'title' }, el('h1', {}, `${model.name} ${model.version}`), el('span', { class: 'severity' }, 'in force')),
    el('p', { class: 'facts' }, `It sees ${model.lookback_hours} hours and forecasts the next ${model.horizon_hours}, on ${device}.`),
    el('div', { class: 'panels' },
      el('div', { class: 'stack' }, panel('What it is', '', pairs({
        Architecture: model.architecture,
        'Sees': `${model.lookback_hours} hours`,
        'Forecasts': `${model.horizon_hours} hours`,
        Quantiles: model.quantiles.map((it) => `${Math.round(it * 100)} %`).join(', '),
        Device: device,
        'Calendar features': model.calendar_features.map((it) => it.replaceAll('_', ' ')).join(', ') || 'none',
        'Knows the regions': model.known_regions.join(', ') || 'none by name; it forecasts any',
        'SHA-256': model.sha256,
      })), others(served)),
      panel('What it scored', '', scores(model.scores)),
      panel('How it was trained', 'wide', training(model.training))),
  ];
}

/** The files of data are many and long. */
function training(fields) {
  const named = (entries) => Object.fromEntries(entries.map(([name, value]) => [word(name.replaceAll('_', ' ')), value]));
  const isData = ([name]) => name.startsWith('data_');
  const data = Object.entries(fields).filter(isData).map(([name, value]) => [name.slice('data_'.length), value]);
  return el('div', {}, pairs(named(Object.entries(fields).filter((it) => !isData(it))), 'columns'),
    data.length ? el('details', {}, el('summary', {}, `Data: ${data.length} files`), pairs(Object.fromEntries(data))) : null);
}

/** Of a name such as smape_pct_24h_AEP: what was scored, of which region. */
const BY_REGION = /^(.*_\d+h)_(.+)$/;

function scores(named) {
  const rows = new Map([['all', {}]]);
  const columns = [];
  const others = {};
  for (const [name, value] of Object.entries(named)) {
    const [, column, region] = BY_REGION.exec(name) ?? [];
    const isSplit = column ?? Object.keys(named).some((other) => other.startsWith(`${name}_`) && BY_REGION.test(other));
    if (!isSplit) {
      others[scoreName(name)] = figure(value);
    } else {
      const key = column ?? name;
      if (!columns.includes(key)) columns.push(key);
      const row = region ?? 'all';
      if (!rows.has(row)) rows.set(row, {});
      rows.get(row)[key] = value;
    }
  }
  return el('div', {}, columns.length === 0 ? null : el('div', scrolling('Scores of the model by region'), el('table', {},
    el('caption', { class: 'unseen' }, 'Scores of the model by region'),
    el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, 'Region'), columns.map((it) => el('th', { scope: 'col' }, scoreName(it))))),
    el('tbody', {}, [...rows].map(([region, row]) => el('tr', {}, el('th', { scope: 'row' }, region === 'all' ? 'all regions' : printable(region)), columns.map((it) => el('td', {}, figure(row[it])))))))),
  pairs(others));
}

const scoreName = (name) => word(printable(name).replaceAll('_', ' ')).replace('smape pct', 'sMAPE, %,').replace('mae pct', 'MAE, %,');

const figure = (value) => value?.toLocaleString('en', { minimumSignificantDigits: 4, maximumSignificantDigits: 4 }) ?? '–';
