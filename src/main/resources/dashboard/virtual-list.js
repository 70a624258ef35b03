// A list of any length, of which only what can be seen is in the page. Rows are of one height and stay in the order of reading, so that
// the Tab key and screen readers meet them as eyes do.

const MORE_ROWS = 6;

export class VirtualList {
  #container;
  #rows = new Map();
  #items = [];
  #make;
  #paint;
  #asked = false;
  #abort = new AbortController();

  /** @param make makes the element of a row; paint(element, item, index) fills it */
  constructor(container, make, paint) {
    this.#container = container;
    this.#make = make;
    this.#paint = paint;
    const { signal } = this.#abort;
    addEventListener('scroll', () => this.#ask(), { passive: true, signal });
    addEventListener('resize', () => this.show(), { signal });
    container.addEventListener('keydown', (event) => this.#move(event), { signal });
  }

  close() {
    this.#abort.abort();
  }

  set items(items) {
    this.#items = items;
    this.show();
  }

  #ask() {
    if (this.#asked) return;
    this.#asked = true;
    requestAnimationFrame(() => {
      this.#asked = false;
      this.#layOut(false);
    });
  }

  /** Paints what can be seen. */
  show() {
    this.#layOut(true);
  }

  #layOut(repaint) {
    const height = this.#rowHeight();
    this.#container.style.height = `${this.#items.length * height}px`;
    const top = -this.#container.getBoundingClientRect().top;
    const first = Math.max(0, Math.floor(top / height) - MORE_ROWS);
    const last = Math.min(this.#items.length, Math.ceil((top + innerHeight) / height) + MORE_ROWS);
    for (const [index, row] of this.#rows) {
      if (index >= this.#items.length || ((index < first || index >= last) && !row.contains(document.activeElement))) {
        row.remove();
        this.#rows.delete(index);
      }
    }
    for (let index = first; index < last; index++) {
      const known = this.#rows.get(index);
      if (!known) this.#add(index, height);
      else if (repaint) this.#place(known, index, height);
    }
  }

  #add(index, height) {
    const row = this.#make();
    this.#rows.set(index, row);
    this.#place(row, index, height);
    // The next row that is there: few are, and this keeps their order.
    let next = null;
    let nextIndex = Infinity;
    for (const [other, element] of this.#rows) {
      if (other > index && other < nextIndex && element.parentNode) {
        next = element;
        nextIndex = other;
      }
    }
    this.#container.insertBefore(row, next);
  }

  #place(row, index, height) {
    row.style.transform = `translateY(${index * height}px)`;
    row.setAttribute('aria-rowindex', index + 2);
    this.#paint(row, this.#items[index], index);
  }

  #rowHeight() {
    return parseFloat(getComputedStyle(this.#container).getPropertyValue('--row-height'));
  }

  /** Arrow keys go from row to row. */
  #move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const [index] = [...this.#rows].find(([, row]) => row.contains(document.activeElement)) ?? [];
    if (index === undefined || index + step < 0 || index + step >= this.#items.length) return;
    event.preventDefault();
    const height = this.#rowHeight();
    const top = this.#container.getBoundingClientRect().top + (index + step) * height;
    if (top < height * 2) scrollBy(0, top - height * 2);
    else if (top + height > innerHeight) scrollBy(0, top + height - innerHeight);
    this.#layOut(false);
    this.#rows.get(index + step)?.querySelector('a')?.focus({ preventScroll: true });
  }
}
