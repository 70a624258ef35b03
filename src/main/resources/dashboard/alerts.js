// What somebody should know of.

import { el, printable, regionLink, setText, svg } from '/dashboard/dom.js';
import { count, hourOf, hours, time, zones } from '/dashboard/format.js';

const SHAPES = { critical: 'M1 1H11V11H1Z', warning: 'M6 0.800L11.5 10.800H0.500Z', info: 'M6 1A5 5 0 0 1 6 11A5 5 0 0 1 6 1Z' };
const SHOWN = 200;

/** A name in records as people write it. */
export const word = (kind) => kind.replaceAll('-', ' ').replace(/^./, (it) => it.toUpperCase());

export function alertCard(alert, zone, withRegion = true) {
  const [raised, cleared] = [hourOf(alert.raised_time), hourOf(alert.cleared_time)];
  return el('article', { class: 'alert', dataset: { severity: alert.severity, active: String(!alert.cleared_time) } },
    el('header', {},
      svg('svg', { viewBox: '0 0 12 12', width: '13', height: '13', 'aria-hidden': 'true' }, svg('path', { d: SHAPES[alert.severity] ?? SHAPES.warning })),
      el(withRegion ? 'h2' : 'h3', {}, word(printable(alert.kind))), // On a page of its own there is no heading between.
      el('span', { class: 'severity' }, alert.severity),
      withRegion && alert.region !== null ? regionLink(alert.region) : null,
      el('span', { class: 'when' }, alert.cleared_time ? 'over' : 'active')),
    el('p', {}, printable(alert.message)),
    el('p', { class: 'minor' }, `Raised ${time(raised, zone)}${cleared === null ? '' : `, over ${time(cleared, zone)}, after ${hours(cleared - raised)}`}`),
    evidence(alert.evidence ?? {}));
}

function evidence(fields) {
  const entries = Object.entries(fields);
  if (entries.length === 0) return null;
  return el('details', {}, el('summary', {}, 'Evidence'), el('dl', { class: 'pairs' }, entries.map(([name, value]) => el('div', {},
    el('dt', {}, word(printable(name).replaceAll('_', ' '))), el('dd', {}, printable(typeof value === 'string' ? value : JSON.stringify(value)))))));
}

export class AlertsPage {
  title = 'Alerts';
  #grid;
  #parts = {};
  #show = 'active';
  #kind = '';
  #query = '';
  #shown = null;

  constructor(grid) {
    this.#grid = grid;
  }

  open(main) {
    const parts = this.#parts;
    parts.tabs = el('div', { class: 'filters', role: 'group', 'aria-label': 'Which alerts' },
      [['active', 'Active'], ['cleared', 'Over'], ['all', 'All']].map(([key, title]) => el('button', {
        type: 'button', class: 'filter', dataset: { key }, on: { click: () => { this.#show = key; this.refresh(); } },
      }, title, ' ', el('span', { class: 'number' }))));
    parts.kind = el('select', { id: 'kind', on: { change: () => { this.#kind = parts.kind.value; this.refresh(); } } });
    parts.search = el('input', {
      type: 'search', placeholder: 'Search regions', autocomplete: 'off', spellcheck: 'false',
      on: { input: () => { this.#query = parts.search.value.trim().toLowerCase(); this.refresh(); } },
    });
    parts.cards = el('div', { class: 'cards' });
    main.replaceChildren(el('h1', {}, 'Alerts'),
      el('div', { class: 'toolbar' }, el('label', { class: 'search' }, el('span', { class: 'unseen' }, 'Search regions'), parts.search), parts.tabs,
        el('label', { class: 'sort' }, 'Kind ', parts.kind)), parts.cards);
    this.refresh();
  }

  close() { /* Nothing is left open. */ }

  refresh() {
    this.#shown = null;
    this.paint();
  }

  paint() {
    const all = [...this.#grid.alerts.values()].filter((alert) => (!this.#kind || alert.kind === this.#kind)
      && (!this.#query || (alert.region ?? '').toLowerCase().includes(this.#query)));
    const groups = { active: all.filter((alert) => !alert.cleared_time), cleared: all.filter((alert) => alert.cleared_time), all };
    this.#paintTabs(groups);
    this.#paintKinds();
    const shown = groups[this.#show].sort((a, b) => (a.raised_time < b.raised_time ? 1 : -1));
    const key = `${this.#unread()}\n${shown.map((alert) => `${alert.id}${alert.cleared_time}`).join('\n')}`;
    if (key === this.#shown || !this.#grid.isRead) return;
    this.#shown = key;
    this.#parts.cards.replaceChildren(...shown.slice(0, SHOWN).map((alert) => alertCard(alert, zones.of(this.#grid.regions.get(alert.region)))));
    if (shown.length > SHOWN) this.#parts.cards.append(el('p', { class: 'note' }, `The newest ${SHOWN} of ${count(shown.length)}; search for the others.`));
    if (this.#show !== 'active' && this.#unread() > 0) {
      const { overCount } = this.#grid;
      this.#parts.cards.append(el('p', { class: 'note' }, `The newest ${count(overCount - this.#unread())} of ${count(overCount)} that are over were read.`));
    }
    if (shown.length === 0) {
      this.#parts.cards.append(el('div', { class: 'empty' }, el('h2', {}, this.#show === 'active' ? 'All quiet' : 'Nothing here'),
        el('p', {}, this.#show === 'active' ? 'No alert is active.' : 'No alert is like that.')));
    }
  }

  /** How many are over that only the server knows. */
  #unread() {
    const over = [...this.#grid.alerts.values()].filter((alert) => alert.cleared_time).length;
    return Math.max(0, this.#grid.overCount - over);
  }

  /** Who searches or chooses a kind does so in what was read; else the number is the server's. */
  #paintTabs(groups) {
    const unread = this.#kind || this.#query ? 0 : this.#unread();
    for (const tab of this.#parts.tabs.children) {
      const { key } = tab.dataset;
      const read = groups[key].length;
      const number = key !== 'active' && unread > 0 ? `${count(read)} of ${count(read + unread)}` : count(read);
      tab.setAttribute('aria-pressed', String(key === this.#show));
      setText(tab.lastChild, this.#grid.isRead ? number : '');
    }
  }

  #paintKinds() {
    const kinds = [...new Set([...this.#grid.alerts.values()].map((alert) => alert.kind))].sort();
    if (this.#parts.kind.childElementCount === kinds.length + 1) return;
    this.#parts.kind.replaceChildren(el('option', { value: '' }, 'all'),
      ...kinds.map((kind) => el('option', { value: kind, selected: kind === this.#kind }, word(printable(kind)))));
  }
}
