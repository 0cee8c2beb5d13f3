import type { ReportData, SourceData } from "../report-data.ts";
import { chartView, lineColour } from "./chart.ts";
import { element } from "./dom.ts";

/** What the runs are, what they came to, their curves, decisions and settings. */
export function overview(data: ReportData) {
  const charts = data.charts.map((chart) => chartView(data, chart));
  const trained = data.sources.flatMap((source, index) => (source.kind === "training run" ? [{ source, index }] : []));
  const hidden = new Set<number>();
  let bandsOf: SourceData | undefined = trained[0]?.source;
  const draw = () => {
    for (const chart of charts) chart.draw(bandsOf, hidden);
  };
  const root = element(
    "div",
    { class: "overview" },
    element("div", { class: "cards" }, ...data.sources.map(card)),
    charts.length > 0 ? curves() : undefined,
    ...data.sources.filter(({ decisions }) => decisions.length > 0).map(decisionList),
    settingsTable(data),
  );
  function curves(): HTMLElement {
    const select = element(
      "select",
      {
        id: "bands",
        onchange: () => {
          bandsOf = data.sources[Number(select.value)];
          draw();
        },
      },
      ...trained.map(({ source, index }) => element("option", { value: index }, source.name)),
      element("option", { value: "-1" }, "none"),
    );
    const toggles = trained.map(({ source, index }) => {
      const box = element("input", {
        type: "checkbox",
        checked: true,
        onchange: () => {
          if (box.checked) hidden.delete(index);
          else hidden.add(index);
          draw();
        },
      });
      const swatch = element("span", {
        class: "swatch",
        style: `background: var(${lineColour(trained.length, index, 0)})`,
      });
      return element("label", {}, box, swatch, source.name);
    });
    return element(
      "section",
      { "aria-labelledby": "curves-title" },
      element("h2", { id: "curves-title" }, "Curves"),
      element(
        "div",
        { class: "legend" },
        ...(trained.length > 1 ? toggles : []),
        element("label", {}, "Stages and decisions of ", select),
        element("span", { class: "quiet" }, "Drag to zoom, double-click for all."),
      ),
      element("div", { class: "charts" }, ...charts.map((chart) => chart.root)),
    );
  }
  return { root, draw };
}

function card({ name, kind, facts, notes }: SourceData): HTMLElement {
  return element(
    "section",
    { class: "card", "aria-label": name },
    element("h2", {}, name, element("small", {}, kind)),
    element(
      "dl",
      { class: "facts" },
      ...facts.map(([label, value]) => element("div", {}, element("dt", {}, label), element("dd", {}, value))),
    ),
    ...notes.map((note) => element("p", { class: "note" }, note)),
  );
}

function decisionList({ name, decisions }: SourceData): HTMLElement {
  return element(
    "section",
    { class: "decisions", "aria-label": `Decisions of ${name}` },
    element("h2", {}, "Decisions ", element("small", {}, name)),
    element("ol", {}, ...decisions.map(({ kind, text }) => element("li", { class: kind }, text))),
  );
}

function settingsTable({ sources, differing }: ReportData): HTMLElement | undefined {
  const settings = sources.map((source) => new Map(source.settings));
  const names = [...new Set(settings.flatMap((each) => [...each.keys()]))];
  if (names.length === 0) return undefined;
  const isDifferent = new Set(differing);
  const rows = [...names.filter((name) => isDifferent.has(name)), ...names.filter((name) => !isDifferent.has(name))];
  return element(
    "section",
    { "aria-labelledby": "settings-title" },
    element("h2", { id: "settings-title" }, "Settings"),
    sources.length > 1
      ? element(
          "p",
          { id: "differing" },
          differing.length === 0 ? "All runs have the same settings." : `The runs differ in ${differing.join(", ")}.`,
        )
      : undefined,
    element(
      "div",
      { class: "scroll", tabindex: 0, role: "region", "aria-label": "Settings of the runs" },
      element(
        "table",
        {},
        element(
          "thead",
          {},
          element("tr", {}, element("th", {}, "setting"), ...sources.map(({ name }) => element("th", {}, name))),
        ),
        element(
          "tbody",
          {},
          ...rows.map((name) =>
            element(
              "tr",
              { class: isDifferent.has(name) ? "differs" : "" },
              element("th", { scope: "row" }, name),
              ...settings.map((each) => element("td", {}, each.get(name) ?? "–")),
            ),
          ),
        ),
      ),
    ),
  );
}
