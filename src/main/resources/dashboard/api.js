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

const EVENTS = ['tick', 'forecast', 'state', 'accuracy', 'alert'];
const RETRY_MILLIS = 2_000;
const MOST_RETRY_MILLIS = 30_000;
const QUIET_MILLIS = 25_000;

/**
 * What happens, as it happens. Tells `opened`, `lost`, `missed` (read all anew), and `event` with a kind and its record. A browser comes
 * again by itself where it was cut off, and the server goes on where it was; where the server refused, or is silent for long, this
 * looks after it.
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
    setInterval(() => this.#look(), QUIET_MILLIS);
  }

  #open() {
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
    source.addEventListener('reset', () => this.#listener.missed());
  }

  #heard() {
    this.#heardMillis = performance.now();
  }

  #failed(source) {
    if (source !== this.#source) return;
    this.#listener.lost();
    if (source.readyState === EventSource.CLOSED) this.#again();
  }

  #again() {
    this.#source.close();
    clearTimeout(this.#retry);
    this.#isAnew = true;
    this.#retry = setTimeout(() => this.#open(), Math.min(MOST_RETRY_MILLIS, RETRY_MILLIS * 2 ** this.#failures++));
  }

  /** No events may be no news, or a server that is gone without a word. */
  async #look() {
    if (this.#source.readyState !== EventSource.OPEN || performance.now() - this.#heardMillis < QUIET_MILLIS) return;
    try {
      await get('/regions', { limit: 1 });
    } catch (e) {
      if (!(e instanceof Refused)) {
        this.#listener.lost();
        this.#again();
      }
    }
  }
}
