import type { ReportData } from "../report-data.ts";
import { element } from "./dom.ts";
import { choicesOf, type EpisodeQuery, type Facet, facets, type Sorting, sortings } from "./episode-filter.ts";

/** Search, filters and order of the list; `onChange` has them at once, and whenever they change. */
export function filterBar(data: ReportData, onChange: (query: EpisodeQuery) => void) {
  const search = element("input", {
    type: "search",
    id: "search",
    placeholder: "Search id, request, tool, failure   /",
    "aria-label": "Search episodes",
    oninput: () => change(),
  });
  const selects = facets.flatMap((facet) => {
    const choices = choicesOf(facet, data);
    return choices.length > 1 ? [{ facet, select: facetSelect(facet, choices, () => change()) }] : [];
  });
  const order = element(
    "select",
    { id: "sorting", onchange: () => change() },
    ...Object.keys(sortings).map((name) => element("option", { value: name }, name)),
  );
  const chosen = element("span", { class: "chosen" });
  const clear = element(
    "button",
    {
      type: "button",
      id: "clear-filters",
      onclick: () => {
        search.value = "";
        for (const { select } of selects) select.value = "";
        change();
      },
    },
    "Clear all",
  );
  const change = () => {
    const set = selects.filter(({ select }) => select.value !== "");
    chosen.textContent =
      set.length > 0 ? `: ${set.map(({ select }) => select.selectedOptions[0]!.text).join(", ")}` : "";
    clear.hidden = set.length === 0 && search.value === "";
    onChange({
      search: search.value,
      chosen: Object.fromEntries(set.map(({ facet, select }) => [facet.id, select.value])),
      sorting: order.value as Sorting,
    });
  };
  const fields = selects.map(({ facet, select }) => element("label", {}, element("span", {}, facet.label), select));
  const root = element(
    "search",
    { class: "filters" },
    search,
    element(
      "details",
      { id: "filters" },
      element("summary", {}, "Filters and order", chosen),
      element("div", { class: "fields" }, ...fields, element("label", {}, element("span", {}, "Order"), order), clear),
    ),
  );
  queueMicrotask(change);
  return { root, focus: () => search.focus() };
}

function facetSelect({ id, label }: Facet, choices: readonly string[], onchange: () => void): HTMLSelectElement {
  return element(
    "select",
    { id: `filter-${id}`, "aria-label": label, onchange },
    element("option", { value: "" }, "any"),
    ...choices.map((choice) => element("option", { value: choice }, choice)),
  );
}
