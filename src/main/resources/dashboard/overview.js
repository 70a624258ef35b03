// All regions: what they take now, what is forecast, how good that has been, what is wrong.

import { el, printable, setText, svg } from '/dashboard/dom.js';
import { againstBaseline, ago, briefTime, count, load, percent, shortTime, sign, time, zones } from '/dashboard/format.js';
import { stateTag, STATES, paintState } from '/dashboard/state.js';
import { VirtualList } from '/dashboard/virtual-list.js';

const SORT_AGAIN_MILLIS = 5_000;
const SPARK = { width: 132, height: 36, pad: 3 };

const byNumber = (value) => (a, b) => (value(b) ?? -Infinity) - (value(a) ?? -Infinity);
const byName = (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
const urgency = Object.keys(STATES);

/** Each with the order that its first click gives. */
const COLUMNS = [
  { key: 'region', title: 'Region', order: byName },
  { key: 'state', title: 'State', order: (a, b) => urgency.indexOf(a.state) - urgency.indexOf(b.state)
      || b.activeAlerts - a.activeAlerts },
  { key: 'spark', title: 'Last 24 hours' },
  { key: 'load', title: 'Newest load, MW', order: byNumber((it) => it.loadMw) },
  { key: 'next', title: 'Next hour, MW', order: byNumber((it) => it.forecast?.p50) },
  { key: 'error', title: 'Error of 24 h, sMAPE', order: byNumber((it) => it.smape) },
];

export class Overview {
  title = 'Regions';
  #grid;
  #sort = { key: 'region', reversed: false };
  #query = '';
  #state = '';
  #list;
  #parts = {};
  #sortedAt = 0;
  #edition = -1;
  #sorted = [];

  /** @param choice what was searched for, the state and the order, as they stand in the address */
  constructor(grid, choice) {
    this.#grid = grid;
    this.#query = choice.get('q') ?? '';
    if (urgency.includes(choice.get('state'))) this.#state = choice.get('state');
    if (COLUMNS.some((it) => it.order && it.key === choice.get('sort'))) this.#sort = { key: choice.get('sort'), reversed: choice.has('reversed') };
  }

  /** In the address, so that they are there again on the way back from a region. */
  #choose() {
    const choice = new URLSearchParams();
    if (this.#query) choice.set('q', this.#query);
    if (this.#state) choice.set('state', this.#state);
    if (this.#sort.key !== 'region' || this.#sort.reversed) choice.set('sort', this.#sort.key);
    if (this.#sort.reversed) choice.set('reversed', '');
    history.replaceState(history.state, '', choice.size ? `#/?${choice}` : '#/');
    this.#order();
  }

  open(main) {
    const parts = this.#parts;
    parts.tiles = el('dl', { class: 'tiles' });
    parts.search = el('input', {
      type: 'search', id: 'search', placeholder: 'Search regions', autocomplete: 'off', spellcheck: 'false', value: this.#query,
      on: { input: () => { this.#query = parts.search.value.trim(); this.#choose(); } },
    });
    parts.filters = el('div', { class: 'filters', role: 'group', 'aria-label': 'Only regions in the state' });
    parts.sort = el('select', { id: 'sort', on: { change: () => this.#sortBy(parts.sort.value, false) } },
      COLUMNS.filter((it) => it.order).map((it) => el('option', { value: it.key, selected: it.key === this.#sort.key }, it.title)));
    parts.found = el('p', { class: 'found', role: 'status' });
    parts.head = el('div', { class: 'row head', role: 'row', 'aria-rowindex': '1' }, COLUMNS.map((column) => this.#head(column)));
    parts.body = el('div', { class: 'rows', role: 'rowgroup' });
    parts.table = el('div', { class: 'table', role: 'table', 'aria-label': 'Regions' },
      el('div', { role: 'rowgroup' }, parts.head), parts.body);
    parts.empty = el('div', { class: 'empty', hidden: true });
    main.replaceChildren(
      el('h1', {}, 'Regions'), parts.tiles,
      el('div', { class: 'toolbar' },
        el('label', { class: 'search' }, el('span', { class: 'unseen' }, 'Search regions'), parts.search),
        parts.filters,
        el('label', { class: 'sort narrow' }, 'Sort by ', parts.sort)),
      parts.found, parts.table, parts.empty);
    this.#list = new VirtualList(parts.body, makeRow, (row, region) => this.#paintRow(row, region));
    this.#order();
    this.paint();
  }

  close() {
    this.#list.close();
  }

  #head(column) {
    if (!column.order) return el('div', { role: 'columnheader', class: `cell ${column.key}` }, column.title);
    return el('div', { role: 'columnheader', class: `cell ${column.key}`, 'aria-sort': 'none', dataset: { column: column.key } },
      el('button', {
        type: 'button',
        on: { click: () => this.#sortBy(column.key, this.#sort.key === column.key && !this.#sort.reversed) },
      }, column.title));
  }

  #sortBy(key, reversed) {
    this.#sort = { key, reversed };
    this.#parts.sort.value = key;
    this.#choose();
  }

  /** Who is shown, in which order. */
  #order() {
    const grid = this.#grid;
    const order = COLUMNS.find((it) => it.key === this.#sort.key).order;
    const sign = this.#sort.reversed ? -1 : 1;
    const query = this.#query.toLowerCase();
    this.#sorted = [...grid.regions.values()]
      .filter((it) => it.name.toLowerCase().includes(query) && (!this.#state || it.state === this.#state))
      .sort((a, b) => sign * order(a, b) || byName(a, b));
    this.#sortedAt = performance.now();
    this.#edition = grid.edition;
    this.#list.items = this.#sorted;
    for (const head of this.#parts.head.querySelectorAll('[aria-sort]')) {
      const isSorted = head.dataset.column === this.#sort.key;
      head.setAttribute('aria-sort', !isSorted ? 'none' : this.#sort.reversed !== (this.#sort.key === 'region' || this.#sort.key === 'state')
        ? 'ascending' : 'descending');
    }
    this.#paintFound();
  }

  #paintFound() {
    const { parts, all } = { parts: this.#parts, all: this.#grid.regions.size };
    const shown = this.#sorted.length;
    parts.table.setAttribute('aria-rowcount', shown + 1);
    parts.table.hidden = shown === 0;
    setText(parts.found, shown === all ? '' : `${count(shown)} of ${count(all)} regions`);
    parts.empty.hidden = shown > 0 || !this.#grid.isRead;
    if (!parts.empty.hidden && parts.empty.dataset.of !== String(all > 0)) {
      parts.empty.dataset.of = String(all > 0);
      parts.empty.replaceChildren(...(all > 0 ? nothingFound() : nothingThere()));
    }
  }

  paint() {
    if (this.#edition !== this.#grid.edition || performance.now() - this.#sortedAt > SORT_AGAIN_MILLIS) this.#order();
    else this.#list.show();
    this.#paintTiles();
  }

  #paintTiles() {
    const { regions, newest } = this.#grid;
    const states = new Map(urgency.map((state) => [state, 0]));
    let [scored, model, baseline, alerts] = [0, 0, 0, this.#grid.activeAlerts().length];
    for (const region of regions.values()) {
      states.set(region.state, (states.get(region.state) ?? 0) + 1);
      if (region.scored > 0) {
        scored++;
        model += region.smape;
        baseline += region.baseline;
      }
    }
    const better = scored ? againstBaseline(model, baseline) : null;
    this.#tile('regions', 'Regions', count(regions.size), regions.size ? `${count(states.get('live'))} live` : 'none yet');
    this.#tile('newest', 'Newest hour', Number.isFinite(newest) ? shortTime(newest).split(', ')[1] : '–',
      Number.isFinite(newest) ? [time(newest).split(', ')[0], ago(newest)].filter(Boolean).join(' · ') : 'nothing read yet');
    this.#tile('error', 'Error, next hour, last 24\u00a0h', scored ? percent(model / scored) : '–',
      scored ? `baseline ${percent(baseline / scored)}${better === null ? '' : ` · ${difference(better)}`}` : 'nothing scored yet');
    this.#tile('alerts', 'Active alerts', count(alerts), alertsNote(alerts, states), alerts > 0);
    this.#paintFilters(states);
  }

  /** Until the regions have been read nothing is known, and nothing is claimed. */
  #tile(key, title, known, said, isBad = false) {
    const [value, note] = this.#grid.isRead ? [known, said] : ['–', 'reading…'];
    let tile = this.#parts.tiles.querySelector(`[data-tile=${key}]`);
    if (!tile) {
      tile = el('div', { class: 'tile', dataset: { tile: key } }, el('dt', {}, title), el('dd', { class: 'value' }), el('dd', { class: 'note' }));
      this.#parts.tiles.append(tile);
    }
    setText(tile.children[1], value);
    setText(tile.children[2], note);
    tile.classList.toggle('bad', isBad);
  }

  #paintFilters(states) {
    const { filters } = this.#parts;
    for (const [state, number] of states) {
      let button = filters.querySelector(`[data-state=${state}]`);
      if (!button) {
        button = el('button', {
          type: 'button', class: 'filter', dataset: { state }, 'aria-pressed': String(this.#state === state),
          on: { click: () => {
            this.#state = this.#state === state ? '' : state;
            for (const it of filters.children) it.setAttribute('aria-pressed', String(it.dataset.state === this.#state));
            this.#choose();
          } },
        }, stateTag(state), el('span', { class: 'number' }));
        filters.append(button);
      }
      setText(button.lastChild, count(number));
      button.hidden = number === 0 && this.#state !== state;
    }
  }

  #paintRow(row, region) {
    const cells = row.cells;
    const href = `#/region/${encodeURIComponent(region.name)}`;
    if (row.name !== region.name) {
      row.name = region.name;
      cells.link.href = href;
      setText(cells.link, printable(region.name));
      setText(cells.zone, region.zone === 'Z' ? 'UTC' : region.zone.replaceAll('_', ' '));
    }
    paintState(cells.state, region.state);
    cells.alerts.hidden = region.activeAlerts === 0;
    setText(cells.alerts, `${region.activeAlerts} alert${region.activeAlerts === 1 ? '' : 's'}`);
    setText(cells.load, load(region.loadMw));
    setText(cells.hour, briefTime(region.newest, zones.of(region)));
    const next = region.forecast;
    setText(cells.p50, next ? load(next.p50) : '–');
    cells.p50.classList.toggle('unknown', !next);
    setText(cells.interval, next ? `${load(next.p10)} to ${load(next.p90)}` : 'no forecast yet');
    paintError(cells, region);
    paintSpark(cells, region);
  }
}

/** A region that is late, or without its model, is no alert yet, and still not quiet. */
function alertsNote(alerts, states) {
  const away = states.get('silent') + states.get('late');
  const fallback = states.get('fallback');
  const notes = [alerts ? 'see Alerts' : null, away ? `${count(away)} late or silent` : null, fallback ? `${count(fallback)} in fallback` : null];
  return notes.filter(Boolean).join(' · ') || 'all quiet';
}

function nothingFound() {
  return [el('h2', {}, 'No such region'), el('p', {}, 'No region has that in its name and that state. Try less, or another state.')];
}

function nothingThere() {
  return [
    el('h2', {}, 'No data yet'),
    el('p', {}, 'Regions show up here with their first reading. Send one to the topic of readings, or to this server:'),
    el('pre', {}, `curl -H 'Content-Type: application/json' ${location.origin}/api/v1/readings \\\n`
      + `  -d '{"region": "AEP", "valid_time": "${new Date(Date.now() - 3_600_000).toISOString().slice(0, 13)}:00:00Z", "load_mw": 17953}'`),
  ];
}

function difference(percentOfBaseline) {
  const size = Math.abs(percentOfBaseline).toFixed(0);
  if (size === '0') return '= the same';
  return percentOfBaseline <= 0 ? `▼ ${size} % less` : `▲ ${size} % more`;
}

function makeRow() {
  const link = el('a', {});
  const zone = el('span', { class: 'minor' });
  const state = stateTag('live');
  const alerts = el('span', { class: 'alert-chip', hidden: true });
  const [loadCell, hour, p50, interval, error, base, better] = ['major', 'minor', 'major', 'minor', 'major', 'minor', 'better']
    .map((name) => el('span', { class: name }));
  const line = svg('path', { class: 'spark-line' });
  const lone = svg('path', { class: 'spark-lone' });
  const whisker = svg('path', { class: 'spark-interval' });
  const point = svg('circle', { class: 'spark-point' });
  const spark = svg('svg', { viewBox: `0 0 ${SPARK.width} ${SPARK.height}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' }, whisker, line, lone, point);
  const cell = (name, ...children) => el('div', { class: `cell ${name}`, role: 'cell' }, children);
  const row = el('div', { class: 'row', role: 'row' },
    cell('region', link, zone), cell('state', state, alerts), cell('spark', spark), cell('load', loadCell, hour),
    cell('next', p50, interval), cell('error', el('span', { class: 'pair' }, error, better), base));
  row.cells = { link, zone, state, alerts, load: loadCell, hour, p50, interval, error, base, better, line, lone, whisker, point };
  return row;
}

function paintError(cells, region) {
  const better = region.scored > 0 ? againstBaseline(region.smape, region.baseline) : null;
  setText(cells.error, region.scored > 0 ? percent(region.smape) : '–');
  setText(cells.base, region.scored > 0 ? `baseline ${percent(region.baseline)}` : 'not scored yet');
  setText(cells.better, better === null ? '' : difference(better));
  cells.better.dataset.sign = sign(better);
}

/** The last loads, then the interval and median of the next hour. */
function paintSpark(cells, { spark, forecast, newest }) {
  // Whichever comes first, the load or the forecast made of it.
  const at = spark.length + (forecast ? forecast.issued - newest : 0);
  const next = forecast && at >= 0 && at <= spark.length ? forecast : null;
  const known = spark.filter((mw) => mw !== null);
  const lowest = Math.min(...known, next?.p10 ?? Infinity);
  const range = Math.max(...known, next?.p90 ?? -Infinity) - lowest;
  const x = (i) => (SPARK.pad + ((SPARK.width - 2 * SPARK.pad) * i) / spark.length).toFixed(1);
  const y = (mw) => (SPARK.height - SPARK.pad - (SPARK.height - 2 * SPARK.pad) * (range ? (mw - lowest) / range : 0.5)).toFixed(1);
  let path = '';
  let points = '';
  spark.forEach((mw, i) => {
    if (mw === null) return;
    const follows = i > 0 && spark[i - 1] !== null;
    if (!follows && (spark[i + 1] ?? null) === null) points += `M${x(i)} ${y(mw)}h0`; // Its round end is a point.
    else path += `${follows ? 'L' : 'M'}${x(i)} ${y(mw)}`;
  });
  cells.line.setAttribute('d', path);
  cells.lone.setAttribute('d', points);
  cells.whisker.setAttribute('d', next ? `M${x(at)} ${y(next.p10)}V${y(next.p90)}` : '');
  cells.point.setAttribute('cx', x(at));
  cells.point.setAttribute('cy', next ? y(next.p50) : 0);
  cells.point.setAttribute('r', next ? 2.2 : 0);
}
