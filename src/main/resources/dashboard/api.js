// The routes that the dashboard reads; see /api/v1/openapi.yaml.

const BASE = '/api/v1';
const TIMEOUT_MILLIS = 20_000;

/** An answer that is no success: its status, and what the server says of it. */
export class Refused extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

/** Throws Refused for an answer that is no success, and TypeError or a DOMException where there is no answer. */
export async function get(path, parameters = {}) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== undefined));
  const response = await fetch(`${BASE}${path}${query.size ? `?${query}` : ''}`, {
    headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(TIMEOUT_MILLIS),
  });
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new Refused(response.status, problem.detail ?? response.statusText);
  }
  return response.json();
}

export const regionPath = (region) => `/regions/${encodeURIComponent(region)}`;

/** All regions, page after page: {regions, complete}. */
export async function allRegions() {
  const regions = [];
  let complete = true;
  let after;
  do {
    const page = await get('/regions', { limit: 1000, after });
    regions.push(...page.regions);
    complete = complete && page.complete !== false;
    after = page.next ?? undefined;
  } while (after !== undefined);
  return { regions, complete };
}

/**
 * Alerts that are not over, page after page, and the newest of those that are, both newest first: {active, over, overCount}; overCount is
 * of all that the server keeps.
 */
export async function allAlerts() {
  const active = [];
  let after;
  do {
    const page = await get('/alerts', { active: true, limit: 1000, after });
    active.push(...page.alerts);
    after = page.next ?? undefined;
  } while (after !== undefined);
  // Asked last, so that an alert that was cleared in between is in one list at least.
  const { alerts: over, count: overCount } = await get('/alerts', { active: false, limit: 500 });
  return { active, over, overCount };
}

const EVENTS = ['tick', 'forecast', 'state', 'accuracy', 'alert'];
const RETRY_MILLIS = 2_000;
const MOST_RETRY_MILLIS = 30_000;
/** The server's: it sends a heartbeat where it has sent nothing else for so long, see EventClient. */
const HEARTBEAT_MILLIS = 15_000;
const SILENT_MILLIS = 2.5 * HEARTBEAT_MILLIS;
const LOOK_MILLIS = 5_000;

/**
 * What happens, as it happens. Tells `opened`, `lost`, `silent` (a stream without heartbeats was left for a new one), `missed` (read all
 * anew), `heard` with anything that comes, and `event` with a kind and its record. A browser comes again by itself where it was cut off,
 * and the server goes on where it was; where the server refused, or is silent, this looks after it.
 */
export class EventFeed {
  #source = null;
  #listener;
  #heardMillis = 0;
  #retry = 0;
  #failures = 0;
  #isAnew = false;

  constructor(listener) {
    this.#listener = listener;
    this.#open();
    setInterval(() => this.#look(), LOOK_MILLIS);
  }

  #open() {
    this.#retry = 0;
    this.#heardMillis = performance.now();
    const source = new EventSource(`${BASE}/stream?types=${EVENTS.join(',')}`);
    this.#source = source;
    source.onopen = () => {
      this.#heard();
      this.#failures = 0;
      // A new source does not know where the old one was.
      if (this.#isAnew) this.#listener.missed();
      this.#isAnew = false;
      this.#listener.opened();
    };
    source.onerror = () => this.#failed(source);
    for (const kind of EVENTS) {
      source.addEventListener(kind, (event) => {
        this.#heard();
        this.#listener.event(kind, JSON.parse(event.data));
      });
    }
    source.addEventListener('heartbeat', () => this.#heard());
    source.addEventListener('reset', () => {
      this.#heard();
      this.#listener.missed();
    });
  }

  #heard() {
    this.#heardMillis = performance.now();
    this.#listener.heard();
  }

  #failed(source) {
    if (source !== this.#source) return;
    this.#heardMillis = performance.now(); // The browser has noticed: it is not silence.
    this.#listener.lost();
    if (source.readyState === EventSource.CLOSED) this.#again();
  }

  #again() {
    this.#source.close();
    clearTimeout(this.#retry);
    this.#isAnew = true;
    this.#retry = setTimeout(() => this.#open(), Math.min(MOST_RETRY_MILLIS, RETRY_MILLIS * 2 ** this.#failures++));
  }

  /**
   * A stream may be open and dead: a proxy or a network that is gone says nothing. The browser does not notice, and would be told what it
   * missed only by asking with the last id, which a new source cannot; so all is read anew.
   */
  #look() {
    if (this.#retry || performance.now() - this.#heardMillis < SILENT_MILLIS) return;
    this.#source.close();
    this.#isAnew = true;
    this.#listener.silent();
    this.#open();
  }
}
