// Charts over time, on uPlot. Colours come from the style sheet, so that a chart is dark when the page is.

import { el, setText } from '/dashboard/dom.js';
import { HOUR_MILLIS, load, shortTime } from '/dashboard/format.js';

const HOUR_SECONDS = HOUR_MILLIS / 1000;
/** A value holds for an hour: no tick lies between. */
const TICKS = [1, 2, 3, 4, 6, 12, 24, 48, 72, 168].map((hours) => hours * HOUR_SECONDS);
const { uPlot } = window;

const probe = el('span', { class: 'unseen' });

/** A colour of the style sheet as a canvas can take it. */
function colour(name) {
  if (!probe.isConnected) document.body.append(probe);
  probe.style.color = `var(${name})`;
  return getComputedStyle(probe).color;
}

const font = (weight = '') => `${weight} 12px ${getComputedStyle(document.body).fontFamily}`.trim();

/**
 * A chart of loads by hour. Lines: [{name, colour, width, dash, hidden}]; bands: [{of: [upper, lower], colour}] by index of the line;
 * `mark`: says at which hour a line stands up, and what is written there; `nothing`: says why there is nothing to draw, when there is
 * nothing.
 */
export class LoadChart {
  #place;
  #readout;
  #zone;
  #lines;
  #bands;
  #mark;
  #says;
  #nothing;
  #note = el('p', { class: 'nothing', hidden: true });
  #plot = null;
  #data = [[]];
  #resizes;
  #look;

  constructor({ lines, bands, mark, says, nothing, label }) {
    this.#lines = lines;
    this.#bands = bands;
    this.#mark = mark ?? (() => null);
    this.#says = says;
    this.#nothing = nothing;
    this.#place = el('div', { class: 'chart', role: 'img', 'aria-label': label }, this.#note);
    this.#readout = el('p', { class: 'readout' });
    this.#resizes = new ResizeObserver(() => {
      if (this.#plot && this.#place.clientWidth > 0) this.#plot.setSize(this.#size());
    });
    this.#resizes.observe(this.#place);
    this.#look = () => this.#draw();
    document.addEventListener('themechange', this.#look);
  }

  get elements() {
    return [this.#place, this.#readout];
  }

  set label(label) {
    this.#place.setAttribute('aria-label', label);
  }

  close() {
    this.#resizes.disconnect();
    document.removeEventListener('themechange', this.#look);
    this.#plot?.destroy();
  }

  /** @param hours the hours since 1970 of all values; columns: the values of each line, null where there is none */
  show(hours, columns, zone) {
    const anew = zone !== this.#zone || !this.#plot;
    this.#zone = zone;
    this.#data = [hours.map((hour) => hour * HOUR_SECONDS), ...columns];
    if (anew) this.#draw();
    else this.#plot.setData(this.#data);
    const isKnown = columns.some((column) => column.some((mw) => mw !== null));
    this.#note.hidden = isKnown;
    this.#place.classList.toggle('bare', !isKnown); // Axes without data would keep the hours of what was shown before.
    if (!isKnown) setText(this.#note, this.#nothing());
    this.#read(this.#plot?.cursor.idx ?? null);
  }

  #size() {
    return { width: this.#place.clientWidth, height: Math.max(220, Math.min(340, Math.round(this.#place.clientWidth * 0.42))) };
  }

  #draw() {
    if (this.#zone === undefined) return;
    this.#plot?.destroy();
    this.#plot = new uPlot(this.#options(), this.#data, this.#place);
  }

  #options() {
    const axis = { labelFont: font(), labelSize: 20, labelGap: 2, stroke: colour('--muted'), font: font(), grid: { stroke: colour('--grid'), width: 1 }, ticks: { show: false } };
    return {
      ...this.#size(),
      padding: [12, 18, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), this.#zone),
      scales: { x: { time: true } },
      axes: [
        { ...axis, label: `Hour from, ${this.#zone}`, size: 44, incrs: TICKS, values: [
          [86_400, '{D} {MMM}', '\n{YYYY}', null, null, null, null, null, 1],
          [HOUR_SECONDS, '{HH}:00', '\n{D} {MMM}', null, '\n{D} {MMM}', null, null, null, 1],
        ], space: 56 },
        { ...axis, label: 'MW', size: 58, values: (_, ticks) => ticks.map((mw) => mw.toLocaleString('en')) },
      ],
      series: [{}, ...this.#lines.map((line) => ({
        label: line.name, scale: 'y', stroke: colour(line.colour), width: line.width ?? 2, dash: line.dash,
        points: { show: false, size: 6, fill: colour(line.colour), filter: line.width === 1 ? () => null : lonePoints },
      }))],
      bands: this.#bands.map((band) => ({ series: band.of.map((i) => i + 1), fill: colour(band.colour) })),
      hooks: { draw: [(plot) => this.#drawMark(plot)], setCursor: [(plot) => this.#read(plot.cursor.idx ?? null)] },
    };
  }

  #drawMark(plot) {
    const mark = this.#mark();
    if (!mark) return;
    const { ctx, bbox } = plot;
    const x = Math.round(plot.valToPos(mark.hour * HOUR_SECONDS, 'x', true));
    if (x < bbox.left || x > bbox.left + bbox.width) return;
    ctx.save();
    ctx.strokeStyle = ctx.fillStyle = colour('--muted');
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.font = font('600').replace('12px', `${11 * devicePixelRatio}px`);
    ctx.textAlign = 'right';
    ctx.fillText(mark.text, x - 6 * devicePixelRatio, bbox.top + 11 * devicePixelRatio);
    ctx.restore();
  }

  /** What lies under the pointer, or of all; why there is nothing stands in the chart already. */
  #read(index) {
    setText(this.#readout, this.#data[0].length === 0 ? '' : this.#says(index));
  }
}

/** Values without a neighbour: a line is drawn through two. */
function lonePoints(plot, series) {
  const values = plot.data[series];
  const known = (i) => values[i] !== null && values[i] !== undefined;
  const lone = values.map((_, i) => i).filter((i) => known(i) && !known(i - 1) && !known(i + 1));
  return lone.length ? lone : null;
}

/** What the lines of a chart are. */
export function legend(entries) {
  return el('ul', { class: 'legend' }, entries.map(({ name, kind }) => el('li', {}, el('span', { class: `key ${kind}`, 'aria-hidden': 'true' }), name)));
}

/** A value under the pointer: "Fri 3 Aug, 03:00 UTC: read 12,345 MW, …". */
export function reading(hour, zone, named) {
  const values = named.filter(([, mw]) => mw !== null && mw !== undefined).map(([name, mw]) => `${name} ${typeof mw === 'string' ? mw : `${load(mw)} MW`}`);
  return `${shortTime(hour, zone)}: ${values.length ? values.join(', ') : 'nothing is known'}`;
}
