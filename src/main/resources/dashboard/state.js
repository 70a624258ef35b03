// How it stands with a region, in a word, a shape and a colour: the shape is for those to whom the colours look alike.

import { el, setText, svg } from '/dashboard/dom.js';

/** What matters most first. */
export const STATES = {
  silent: { word: 'Silent', says: 'more than a day behind the newest hour of all regions', shape: 'M1.5 1.500H10.500V10.500H1.500Z' },
  late: { word: 'Late', says: 'some hours behind the newest hour of all regions', shape: 'M6 0.800L11.5 10.800H0.500Z' },
  fallback: { word: 'Fallback', says: 'a simpler method forecasts in the model’s place', shape: 'M6 0.500L11.5 6L6 11.500L0.5 6Z' },
  'warming-up': { word: 'Warming up', says: 'no forecast yet', shape: 'M6 1A5 5 0 0 1 6 11ZM6 1A5 5 0 0 0 6 11' },
  live: { word: 'Live', says: 'the model forecasts it', shape: 'M6 1A5 5 0 0 1 6 11A5 5 0 0 1 6 1Z' },
};

export function stateTag(state) {
  const tag = el('span', { class: 'tag' },
    svg('svg', { viewBox: '0 0 12 12', width: '11', height: '11', 'aria-hidden': 'true' }, svg('path', {})), el('span', {}));
  paintState(tag, state);
  return tag;
}

export function paintState(tag, state) {
  if (tag.dataset.state === state) return;
  const { word, says, shape } = STATES[state] ?? { word: state, says: '', shape: STATES.live.shape };
  tag.dataset.state = state;
  tag.title = says;
  tag.firstChild.firstChild.setAttribute('d', shape);
  setText(tag.lastChild, word);
}
