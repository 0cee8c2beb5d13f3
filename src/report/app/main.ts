import "uplot/dist/uPlot.min.css";
import "./styles/base.css";
import "./styles/overview.css";
import "./styles/inspector.css";
import "./styles/episode.css";
import "./styles/narrow.css";
import { element } from "./dom.ts";
import { type Inspector, inspector } from "./inspector.ts";
import { keyHelp, listenToKeys } from "./keyboard.ts";
import { overview } from "./overview.ts";
import { openStore } from "./report-store.ts";
import { themeSwitch } from "./theme.ts";

type View = "overview" | "episodes";

async function start(): Promise<void> {
  const store = await openStore();
  const { data } = store;
  const curves = overview(data);
  const remember = (episode: number) => {
    if (!episodes.root.hidden) history.replaceState(null, "", `#episodes/${episode}`);
  };
  const episodes: Inspector = inspector(store, remember);
  const help = keyHelp();
  let stale = true;
  const tabs = new Map<View, HTMLButtonElement>();
  const show = (view: View) => {
    curves.root.hidden = view !== "overview";
    episodes.root.hidden = view !== "episodes";
    for (const [name, tab] of tabs) tab.setAttribute("aria-current", name === view ? "page" : "false");
    if (view === "overview" && stale) {
      stale = false;
      curves.draw();
    }
  };
  const recolour = () => {
    stale = curves.root.hidden !== false;
    if (!stale) curves.draw();
  };
  const tab = (view: View, label: string) => {
    const made = element(
      "button",
      {
        type: "button",
        id: `tab-${view}`,
        onclick: () => {
          history.replaceState(null, "", `#${view}`);
          show(view);
        },
      },
      label,
    );
    tabs.set(view, made);
    return made;
  };
  const hasEpisodes = data.episodes.length > 0;
  const header = element(
    "header",
    {},
    element("h1", {}, "envtune report"),
    element(
      "nav",
      { "aria-label": "Views" },
      tab("overview", "Overview"),
      hasEpisodes ? tab("episodes", "Episodes") : undefined,
    ),
    element("button", { type: "button", id: "keys", "aria-label": "Keys", onclick: () => help.showModal() }, "?"),
    themeSwitch(recolour),
  );
  document.body.append(header, element("main", {}, curves.root, episodes.root), help);
  listenToKeys(episodes, help, () => show("episodes"));
  const [, wanted] = /^#episodes(?:\/(\d+))?$/.exec(location.hash) ?? [];
  const isNamed = location.hash.startsWith("#episodes");
  const isOne = data.sources.length === 1 && data.charts.length === 0;
  show(hasEpisodes && (isNamed || isOne) ? "episodes" : "overview");
  if (wanted !== undefined && Number(wanted) < data.episodes.length)
    queueMicrotask(() => episodes.open(Number(wanted)));
  requestAnimationFrame(() => {
    document.documentElement.dataset.ready = "true";
  });
}

start().catch((error: unknown) => {
  document.body.append(element("p", { role: "alert" }, `This report cannot be shown: ${String(error)}`));
  throw error;
});
