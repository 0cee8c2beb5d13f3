import { element } from "./dom.ts";
import type { Inspector } from "./inspector.ts";

const keys: readonly (readonly [string, string])[] = [
  ["j or ↓", "next episode"],
  ["k or ↑", "episode before"],
  ["/", "search"],
  ["Esc", "leave the search, back to the list"],
  ["?", "this help"],
];

/** The help on keys, as a dialog. */
export function keyHelp(): HTMLDialogElement {
  const dialog = element(
    "dialog",
    { id: "help", "aria-labelledby": "help-title" },
    element("h2", { id: "help-title" }, "Keys"),
    element(
      "dl",
      {},
      ...keys.map(([key, does]) =>
        element("div", {}, element("dt", {}, element("kbd", {}, key)), element("dd", {}, does)),
      ),
    ),
    element("form", { method: "dialog" }, element("button", {}, "Close")),
  );
  return dialog;
}

/** Keys work wherever no text is being written; arrows scroll an episode that has the focus. */
export function listenToKeys(inspector: Inspector, help: HTMLDialogElement, toEpisodes: () => void): void {
  const actions: Readonly<Record<string, () => void>> = {
    j: () => inspector.move(1),
    k: () => inspector.move(-1),
    ArrowDown: () => inspector.move(1),
    ArrowUp: () => inspector.move(-1),
    "/": () => {
      toEpisodes();
      inspector.search();
    },
    "?": () => help.showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    const target = event.target as HTMLElement;
    const isTyping = target.matches("input[type=search], select, textarea");
    if (event.key === "Escape") {
      if (isTyping) target.blur();
      else inspector.back();
      return;
    }
    const isMoving = event.key !== "?" && event.key !== "/";
    const isReading = event.key.startsWith("Arrow") && target.closest(".detail") !== null;
    if (isTyping || isReading || (isMoving && inspector.root.hidden) || !Object.hasOwn(actions, event.key)) return;
    event.preventDefault();
    actions[event.key]!();
  });
}
