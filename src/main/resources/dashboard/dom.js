// Elements from data. Text always goes in as text, never as markup: names of regions come from whoever sends readings.

/** An element. Properties: class, dataset, on (listeners), and attributes; children: nodes, strings, or null for none. */
export function el(tag, properties = {}, ...children) {
  return build(document.createElement(tag), properties, children);
}

/** The same of SVG. */
export function svg(tag, properties = {}, ...children) {
  return build(document.createElementNS('http://www.w3.org/2000/svg', tag), properties, children);
}

function build(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'on') {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else if (name === 'dataset') {
      Object.assign(element.dataset, value);
    } else {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** Sets the text of an element if it is another. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// Control characters and what turns the direction of writing: they would make a name look like another.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A name as people can see it: what has no looks is written as its number. */
export function printable(name) {
  return name.replace(UNPRINTABLE, (it) => `\\u{${it.codePointAt(0).toString(16).padStart(2, '0')}}`);
}

/** Properties of what is wider than its place at times: the keyboard can scroll it too. */
export const scrolling = (label) => ({ class: 'scroll', role: 'region', 'aria-label': label, tabindex: '0' });

export function regionLink(region) {
  return el('a', { href: `#/region/${encodeURIComponent(region)}` }, printable(region));
}
