import type { EpisodeRow, ReportData } from "../report-data.ts";
import { element } from "./dom.ts";
import { type EpisodeQuery, episodeFinder } from "./episode-filter.ts";
import { episodeView } from "./episode-view.ts";
import { filterBar } from "./filter-bar.ts";
import { plural, short } from "./format.ts";
import type { ReportStore } from "./report-store.ts";
import { virtualList } from "./virtual-list.ts";

export interface Inspector {
  readonly root: HTMLElement;
  /** Shows an episode by its index. */
  open(episode: number): void;
  /** To the next episode of the list, or the one before. */
  move(by: number): void;
  /** From an episode back to the list, where there is room for one of them only. */
  back(): void;
  search(): void;
}

/** The list of episodes and the one that is looked at. `onOpen` is told of each that is shown. */
export function inspector(store: ReportStore, onOpen: (episode: number) => void): Inspector {
  const { data } = store;
  const find = episodeFinder(data);
  let found: readonly number[] = [];
  let shown = -1;
  const count = element("p", { class: "count", role: "status" });
  const detail = element("div", { class: "detail", tabindex: -1 }, element("p", { class: "quiet" }, "No episode."));
  const place = () => found.indexOf(shown);
  const list = virtualList(
    "Episodes",
    (row, item) => fillRow(data, row, data.episodes[item]!),
    (at) => {
      open(found[at]!);
      root.classList.add("reading");
    },
  );
  const open = (episode: number) => {
    shown = episode;
    list.select(place());
    onOpen(episode);
    void show(episode);
  };
  /** An answer that comes late must not replace what was asked for since. */
  const show = async (episode: number) => {
    const row = data.episodes[episode]!;
    const [trace, task] = await Promise.all([store.episode(episode), store.task(row.task)]);
    if (shown !== episode) return;
    detail.replaceChildren(backButton, episodeView(data, row, trace, task));
    detail.scrollTop = 0;
    detail.dataset.episode = String(episode);
  };
  const apply = (query: EpisodeQuery) => {
    found = find(query);
    count.textContent =
      found.length === data.episodes.length
        ? plural(found.length, "episode")
        : `${found.length.toLocaleString("en-US")} of ${plural(data.episodes.length, "episode")}`;
    list.show(found, place());
    if (place() < 0 && found.length > 0) open(found[0]!);
  };
  const bar = filterBar(data, apply);
  const backButton = element("button", { type: "button", class: "back", onclick: () => back() }, "← All episodes");
  const back = () => {
    root.classList.remove("reading");
    list.root.focus();
  };
  const root = element(
    "div",
    { class: "inspector" },
    element("div", { class: "finder" }, bar.root, count, list.root),
    detail,
  );
  return {
    root,
    open: (episode) => {
      root.classList.add("reading");
      open(episode);
    },
    move(by) {
      if (found.length > 0) open(found[Math.min(found.length - 1, Math.max(0, place() + by))]!);
    },
    back,
    search: () => bar.focus(),
  };
}

function fillRow({ tasks }: ReportData, root: HTMLElement, row: EpisodeRow): void {
  const { id, category } = tasks[row.task]!;
  const value = row.reward ?? row.progress;
  const parts = [
    category,
    ...(row.step === undefined ? [row.policy] : [`${row.kind} ${row.step}`]),
    ...(row.sample > 0 ? [`#${row.sample}`] : []),
    ...(row.ended === "completed" ? [] : [row.ended]),
    ...(row.failedCalls > 0 ? [`${row.failedCalls} failed`] : []),
    ...(row.hints > 0 ? [plural(row.hints, "hint")] : []),
  ];
  root.append(
    element("span", { class: row.solved ? "mark good" : "mark bad", "aria-hidden": "true" }, row.solved ? "✓" : "✗"),
    element(
      "span",
      { class: "row-text" },
      element("span", { class: "row-title" }, id),
      element("span", { class: "row-parts" }, parts.join(" · ")),
    ),
    element("span", { class: "row-value", title: row.reward === undefined ? "progress" : "reward" }, short(value)),
    element("span", { class: "unseen" }, row.solved ? "solved" : "not solved"),
  );
}
