import uPlot from "uplot";
import type { ChartData, ReportData, SourceData } from "../report-data.ts";
import { element } from "./dom.ts";
import { formatted } from "./format.ts";
import { colour } from "./theme.ts";

const height = 220;
const dashes: readonly number[][] = [[], [6, 4], [2, 3], [10, 3, 2, 3]];
const markers = ["solid", "dashed", "dotted", "double"] as const;
/** Colours of the style sheet, `--line-0` and so on. */
const colours = 8;

export interface ChartView {
  readonly root: HTMLElement;
  /** Draws anew, in the colours that hold now, with the bands of a run and without the lines of hidden ones. */
  draw(bandsOf: SourceData | undefined, hidden: ReadonlySet<number>): void;
}

/** One run has a colour for each figure; several have one each, and figures differ in dashes. */
export const lineColour = (sources: number, source: number, figure: number): string =>
  `--line-${(sources > 1 ? source : figure) % colours}`;

export function chartView(data: ReportData, chart: ChartData): ChartView {
  const { sources, steps } = data;
  const trained = sources.filter(({ kind }) => kind === "training run").length;
  const plotted = element("div", { class: "plot", role: "img", "aria-label": spoken(data, chart) });
  const figures = new Set(chart.lines.map(({ figure }) => figure)).size;
  let plot: uPlot | undefined;
  new ResizeObserver(() => {
    if (plot && plotted.clientWidth > 0) plot.setSize({ width: plotted.clientWidth, height });
  }).observe(plotted);
  const draw: ChartView["draw"] = (bandsOf, hidden) => {
    plot?.destroy();
    const lines = chart.lines.filter(({ source }) => !hidden.has(source));
    const [text, grid] = [colour("--quiet"), colour("--grid")];
    const axis = { stroke: text, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1 } };
    const format = (value: number | null) => (value === null ? "–" : formatted(value, chart.format));
    const options: uPlot.Options = {
      width: Math.max(200, plotted.clientWidth),
      height,
      padding: [18, 12, 0, 0],
      legend: { markers: { width: 3, dash: (_, index) => markers[lines[index - 1]!.figure % markers.length]! } },
      cursor: {
        sync: { key: "steps" },
        points: { size: 7 },
        dataIdx: (made, line, index) => known(made.data[line]!, index),
      },
      scales: { x: { time: false } },
      axes: [
        { ...axis, values: (_, splits) => splits.map((split) => (Number.isInteger(split) ? String(split) : "")) },
        { ...axis, size: 62, space: 26, values: (_, splits) => splits.map(format) },
      ],
      series: [
        { label: "step" },
        ...lines.map(({ source, label, figure, values }): uPlot.Series => {
          const stroke = colour(lineColour(trained, source, figure));
          return {
            label: trained === 1 ? label : figures === 1 ? sources[source]!.name : `${sources[source]!.name}: ${label}`,
            stroke,
            width: 2,
            dash: dashes[figure % dashes.length]!,
            spanGaps: true,
            points: { show: values.filter((value) => value !== null).length < 40, size: 5, fill: stroke },
            value: (_, value) => format(value),
          };
        }),
      ],
      hooks: bandsOf
        ? {
            drawClear: [(made) => drawBands(made, bandsOf)],
            draw: [(made) => drawMarks(made, bandsOf), (made) => drawNames(made, bandsOf)],
          }
        : {},
    };
    plot = new uPlot(options, [[...steps], ...lines.map(({ values }) => [...values])], plotted);
  };
  const root = element(
    "figure",
    { class: "chart", id: `chart-${chart.id}` },
    element("figcaption", {}, element("b", {}, chart.title), element("span", { class: "quiet" }, chart.about)),
    plotted,
  );
  return { root, draw };
}

/** Where the value last stood before a step that has none between two that have: validations come every few steps. */
function known(values: ArrayLike<number | null | undefined>, index: number): number {
  const list = Array.from(values);
  const last = list.findLastIndex((value, at) => at <= index && typeof value === "number");
  return last >= 0 && list.findIndex((value, at) => at >= index && typeof value === "number") >= 0 ? last : index;
}

/** The chart for those who do not see it: where each line starts and ends. */
function spoken({ sources }: ReportData, { title, lines, format }: ChartData): string {
  const said = lines.map(({ source, label, values }) => {
    const known = values.filter((value) => value !== null);
    return `${sources[source]!.name}, ${label}: from ${formatted(known[0]!, format)} to ${formatted(known.at(-1)!, format)}`;
  });
  return `${title}. ${said.join("; ")}.`;
}

function drawBands(plot: uPlot, { bands }: SourceData): void {
  for (const [index, { from, to }] of bands.entries()) {
    plot.ctx.fillStyle = colour(`--band-${index % 2}`);
    within(plot, from, to, (left, width) => plot.ctx.fillRect(left, plot.bbox.top, width, plot.bbox.height));
  }
}

/** The names of stages stand above the plot, as far as there is room. */
function drawNames(plot: uPlot, { bands }: SourceData): void {
  const { ctx: context, bbox } = plot;
  context.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillStyle = colour("--quiet");
  for (const { stage, from, to } of bands)
    within(plot, from, to, (left) =>
      context.fillText(stage, left + 3 * devicePixelRatio, bbox.top - 9 * devicePixelRatio),
    );
}

/** Draws between two steps, as far as they are in view. */
function within(plot: uPlot, from: number, to: number, draw: (left: number, width: number) => void): void {
  const { ctx: context, bbox } = plot;
  const left = Math.max(bbox.left, plot.valToPos(from, "x", true));
  const width = Math.min(bbox.left + bbox.width, plot.valToPos(to, "x", true)) - left;
  if (width <= 0) return;
  context.save();
  context.beginPath();
  context.rect(left, 0, width, bbox.top + bbox.height);
  context.clip();
  draw(left, width);
  context.restore();
}

const marked = new Set(["skip", "advance", "finish", "flag", "rollBack", "stop"]);

/** A vertical line where something was decided; what, is in the list of decisions. */
function drawMarks(plot: uPlot, { decisions }: SourceData): void {
  const { ctx: context, bbox } = plot;
  context.save();
  context.lineWidth = devicePixelRatio;
  context.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
  for (const { step, kind } of decisions) {
    const x = plot.valToPos(step, "x", true);
    if (!marked.has(kind) || x < bbox.left || x > bbox.left + bbox.width) continue;
    const isBad = kind === "flag" || kind === "rollBack" || kind === "stop";
    context.strokeStyle = colour(isBad ? "--bad" : "--accent");
    context.beginPath();
    context.moveTo(x, bbox.top);
    context.lineTo(x, bbox.top + bbox.height);
    context.stroke();
  }
  context.restore();
}
