import { element } from "./dom.ts";

const mostCharacters = 1200;
const mostLines = 16;

/** A text as it is, in a fixed-width face; a long one is folded to its beginning until all of it is asked for. */
export function foldable(text: string, kind = ""): HTMLElement {
  const cut = beginning(text);
  const body = element("pre", { class: `text ${kind}`, tabindex: cut.length < text.length ? 0 : undefined }, cut);
  if (cut.length === text.length) return body;
  const toggle: HTMLButtonElement = element(
    "button",
    {
      type: "button",
      class: "fold",
      "aria-expanded": "false",
      onclick: () => {
        const open = toggle.getAttribute("aria-expanded") !== "true";
        toggle.setAttribute("aria-expanded", String(open));
        body.textContent = open ? text : cut;
        toggle.textContent = labelOf(open);
      },
    },
    "",
  );
  const labelOf = (open: boolean) =>
    open ? "Show the beginning only" : `Show all ${text.length.toLocaleString("en-US")} characters`;
  toggle.textContent = labelOf(false);
  return element("div", { class: "foldable" }, body, toggle);
}

function beginning(text: string): string {
  const lines = text.split("\n");
  const short = lines.length > mostLines ? lines.slice(0, mostLines).join("\n") : text;
  // Not much is gained by hiding a few words.
  return short.length > mostCharacters * 1.2 ? short.slice(0, mostCharacters) : short;
}

/** A list that shows its first items, and the others when asked for. */
export function foldedList<T>(items: readonly T[], most: number, show: (item: T) => HTMLElement): HTMLElement {
  const list = element("ul", { class: "changes" }, ...items.slice(0, most).map(show));
  if (items.length <= most) return list;
  const more = element(
    "button",
    {
      type: "button",
      class: "fold",
      onclick: () => {
        list.append(...items.slice(most).map(show));
        more.remove();
      },
    },
    `Show ${items.length - most} more`,
  );
  return element("div", { class: "foldable" }, list, more);
}
