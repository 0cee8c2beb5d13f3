import type { Change } from "../report-data.ts";
import { element } from "./dom.ts";
import { foldedList } from "./foldable.ts";

const mostChanges = 12;
const longestValue = 160;

/** Differences of states, a line each: the path, what was, what is. */
export const changeList = (changes: readonly Change[]): HTMLElement => foldedList(changes, mostChanges, changeItem);

function changeItem({ path, from, to }: Change): HTMLElement {
  return element(
    "li",
    {},
    element("span", { class: "path" }, path.replaceAll("~1", "/").replaceAll("~0", "~")),
    " ",
    from === undefined ? element("span", { class: "absent" }, "nothing") : shownValue("del", from),
    " → ",
    to === undefined ? element("span", { class: "absent" }, "nothing") : shownValue("ins", to),
  );
}

function shownValue(tag: "del" | "ins", text: string): HTMLElement {
  if (text.length <= longestValue) return element(tag, {}, text);
  const value = element(tag, {}, `${text.slice(0, longestValue)}…`);
  const more = element(
    "button",
    {
      type: "button",
      class: "fold inline",
      onclick: () => {
        value.textContent = text;
        more.remove();
      },
    },
    `all ${text.length.toLocaleString("en-US")} characters`,
  );
  return element("span", {}, value, " ", more);
}
