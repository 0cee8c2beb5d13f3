import { element } from "./dom.ts";

const rowHeight = 58;
/** Rows beyond what is seen, so that a fast wheel meets no blanks. */
const margin = 8;

export interface VirtualList {
  readonly root: HTMLElement;
  /** Shows other items, from the top unless the selected one is among them. */
  show(items: readonly number[], selected: number): void;
  /** Marks the item at a place of the list and brings it into view. */
  select(place: number): void;
}

/** A list box of any length, of which only the rows in view exist. */
export function virtualList(
  label: string,
  fillRow: (row: HTMLElement, item: number) => void,
  onPick: (place: number) => void,
): VirtualList {
  let items: readonly number[] = [];
  let selected = -1;
  const space = element("div", { class: "list-space", role: "presentation" });
  const root = element(
    "div",
    { class: "list", role: "listbox", "aria-label": label, tabindex: 0, onscroll: () => draw() },
    space,
  );
  const draw = () => {
    const first = Math.max(0, Math.floor(root.scrollTop / rowHeight) - margin);
    const last = Math.min(items.length, Math.ceil((root.scrollTop + root.clientHeight) / rowHeight) + margin);
    const rows = items.slice(first, last).map((item, at) => {
      const place = first + at;
      const row = element("div", {
        class: "row",
        role: "option",
        id: `episode-${item}`,
        "aria-selected": place === selected ? "true" : "false",
        "aria-posinset": place + 1,
        "aria-setsize": items.length,
        style: `top: ${place * rowHeight}px; height: ${rowHeight}px`,
        onclick: () => onPick(place),
      });
      fillRow(row, item);
      return row;
    });
    space.replaceChildren(...rows);
    const active = items[selected];
    if (active === undefined) root.removeAttribute("aria-activedescendant");
    else root.setAttribute("aria-activedescendant", `episode-${active}`);
  };
  new ResizeObserver(draw).observe(root);
  const bringIntoView = () => {
    const top = selected * rowHeight;
    if (top < root.scrollTop) root.scrollTop = top;
    else if (top + rowHeight > root.scrollTop + root.clientHeight) root.scrollTop = top + rowHeight - root.clientHeight;
  };
  return {
    root,
    show(next, place) {
      items = next;
      selected = place;
      space.style.height = `${items.length * rowHeight}px`;
      if (place < 0) root.scrollTop = 0;
      else bringIntoView();
      draw();
    },
    select(place) {
      selected = place;
      bringIntoView();
      draw();
    },
  };
}
