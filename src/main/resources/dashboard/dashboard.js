// The frame of all views: which is shown, whether the server is there, zone and colours.

import { AlertsPage, word } from '/dashboard/alerts.js';
import { el, printable, setText } from '/dashboard/dom.js';
import { count, zones } from '/dashboard/format.js';
import { Grid } from '/dashboard/grid.js';
import { ModelPage } from '/dashboard/model.js';
import { Overview } from '/dashboard/overview.js';
import { RegionPage } from '/dashboard/region.js';

const CONNECTIONS = {
  connecting: 'Connecting…', live: 'Connected', reading: 'Catching up', reconnecting: 'Reconnecting', lost: 'No connection',
};

/** Ages grow while nothing happens. */
const AGES_MILLIS = 30_000;

const byId = (id) => document.getElementById(id);
const main = byId('main');
const grid = new Grid();
let view = null;

function viewOf(path) {
  const [, name, ...rest] = path.split('/');
  if (name === 'region' && rest.length > 0) return ['overview', new RegionPage(grid, decode(rest.join('/')))];
  if (name === 'alerts') return ['alerts', new AlertsPage(grid)];
  if (name === 'model') return ['model', new ModelPage(grid)];
  return ['overview', new Overview(grid, new URLSearchParams(path.split('?')[1]))];
}

function decode(text) {
  try { return decodeURIComponent(text); } catch { return text; }
}

function show(isFirst) {
  const [name, next] = viewOf(location.hash.slice(1));
  view?.close();
  view = next;
  document.title = `${view.title} – loadcast`;
  for (const link of document.querySelectorAll('[data-view]')) {
    if (link.dataset.view === name) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  scrollTo(0, 0);
  view.open(main);
  // Screen readers hear where they are.
  if (!isFirst) main.focus({ preventScroll: true });
}

function showConnection() {
  const state = grid.connection;
  const pill = byId('connection');
  pill.dataset.state = state;
  setText(pill, CONNECTIONS[state]);
  const banner = byId('banner');
  banner.hidden = state !== 'lost' && state !== 'reading' && state !== 'reconnecting';
  if (state === 'lost') {
    setText(banner, grid.isRead
      ? `The server does not answer; trying again. What you see is as of ${clock(grid.heardAt ?? grid.readAt)}.`
      : 'The server does not answer; trying again.');
  } else if (state === 'reconnecting') {
    setText(banner, `The server has said nothing for some time; connecting anew. What you see is as of ${clock(grid.heardAt ?? grid.readAt ?? new Date())}.`);
  } else if (state === 'reading') {
    setText(banner, 'The server has just started and still reads what is on the topics; not all is shown yet.');
  }
}

/** The time of this machine, as its offset says. */
function clock(date) {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'shortOffset' })
    .format(date).replace('GMT', 'UTC');
}

function paint() {
  view?.paint();
  const active = grid.activeAlerts().length;
  const badge = byId('alert-count');
  badge.hidden = active === 0;
  setText(badge, count(active));
}

function startSettings() {
  const zone = byId('zone');
  zone.value = zones.mode;
  zone.addEventListener('change', () => { zones.mode = zone.value; });
  zones.addEventListener('change', () => (view.refresh ?? view.paint).call(view));
  const theme = byId('theme');
  const root = document.documentElement;
  theme.value = root.dataset.theme;
  const changed = () => document.dispatchEvent(new Event('themechange'));
  theme.addEventListener('change', () => {
    root.dataset.theme = theme.value;
    try { localStorage.setItem('loadcast.theme', theme.value); } catch { /* no storage, no memory */ }
    changed();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed);
  document.querySelector('.skip').addEventListener('click', (event) => {
    event.preventDefault(); // The hash is the view's.
    main.focus();
  });
}

startSettings();
grid.addEventListener('connection', showConnection);
grid.addEventListener('paint', paint);
grid.addEventListener('raised', ({ detail }) => {
  setText(byId('announcer'), `New alert: ${word(printable(detail.kind))}${detail.region ? `, ${printable(detail.region)}` : ''}`);
});
addEventListener('hashchange', () => show(false));
setInterval(paint, AGES_MILLIS);
main.replaceChildren(el('p', { class: 'empty' }, 'Connecting…'));
show(true);
grid.start();
