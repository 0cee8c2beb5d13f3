import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { paperCurriculum, singleStageCurriculum } from "../../src/curriculum/paper-curriculum.ts";
import { writeReport } from "../../src/report/index.ts";
import type { Trace } from "../../src/rollout/trace.ts";
import { chromiumPath, openBrowser } from "../report/browser.ts";
import { lowContrasts } from "../report/contrast.ts";
import { atHand, linesOf, playedTraces, simulatedRecords, writeTrainingRun } from "../report/sample-runs.ts";

const program = chromiumPath();
if (!program) console.log("skipped what needs a browser: no chromium on the path, and CHROMIUM names none");

const folder = mkdtempSync(join(tmpdir(), "envtune-report-browser-"));
const at = (name: string) => join(folder, name);
let browser: Browser;
let traces: Trace[];
const evil = "</script><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">\u2028<!--";

beforeAll(async () => {
  if (!program) return;
  browser = await openBrowser(program);
  traces = await playedTraces({ samples: 2, training: true, withHints: true });
  const [first] = traces;
  const said = { role: "assistant", content: evil, cut: true } as const;
  const turn = { user: evil, steps: [{ message: said, calls: [evil], results: [{ text: evil }], notice: evil }] };
  traces.push({ ...first!, id: evil, policy: evil, turns: [turn] });
  writeFileSync(at("traces.jsonl"), linesOf(traces));
  await writeReport([at("traces.jsonl")], { ...atHand, out: at("traces.html") });
  await writeTrainingRun(at("curriculum"), simulatedRecords(paperCurriculum(), "healthy", 0), { seed: 0 });
  await writeTrainingRun(at("single"), simulatedRecords(singleStageCurriculum(), "collapse", 0), { seed: 1 });
  await writeReport([at("curriculum"), at("single")], { ...atHand, out: at("runs.html") });
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Opening {
  readonly width?: number;
  readonly colorScheme?: "light" | "dark";
  readonly hash?: string;
}

/** Opens a report, lets the test work on it, and holds that nothing was asked of the network and nothing complained. */
async function open(
  file: string,
  work: (page: Page) => Promise<void>,
  { width = 1280, hash = "", ...more }: Opening = {},
) {
  const page = await browser.newPage({ viewport: { width, height: 900 }, ...more });
  const troubles: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => troubles.push(message.text()));
  page.on("pageerror", (error) => troubles.push(String(error.stack)));
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(pathToFileURL(at(file)).href + hash);
  await page.waitForSelector("html[data-ready]", { state: "attached" });
  await page.waitForSelector(".detail[data-episode]", { state: "attached" });
  await work(page);
  expect(troubles).toEqual([]);
  expect(requests.filter((url) => !url.startsWith("data:"))).toEqual([pathToFileURL(at(file)).href]);
  await page.close();
}

const count = (page: Page) => page.locator(".count").textContent();
const title = (page: Page) => page.locator("#episode-title").textContent();
const selected = (page: Page) => page.locator('.row[aria-selected="true"] .row-title').textContent();
/** Opens the episode that a policy played of a task. */
async function find(page: Page, words: string): Promise<void> {
  await page.fill("#search", words);
  await page.locator(".row").first().click();
  await expect.poll(() => title(page)).toBe(words.split(" ")[0]);
}

describe.skipIf(!program)("a thousand episodes", () => {
  test("only the rows in view exist; scrolling brings the others", async () => {
    await open("traces.html", async (page) => {
      expect(await count(page)).toBe(`${traces.length.toLocaleString("en-US")} episodes`);
      expect(await page.locator(".row").count()).toBeLessThan(50);
      await page.locator(".list").evaluate((list: any) => {
        list.scrollTop = list.scrollHeight;
      });
      await expect.poll(() => page.locator(".row").last().getAttribute("aria-posinset")).toBe(String(traces.length));
    });
  });

  test("search, filters, order and keys find an episode", async () => {
    await open("traces.html", async (page) => {
      await page.keyboard.press("/");
      await page.keyboard.type("lockDoors random");
      const found = traces.filter(
        ({ id, policy, turns }) => policy === "random" && id !== evil && JSON.stringify(turns).includes("lockDoors"),
      );
      await expect.poll(() => count(page)).toMatch(/^\d+ of 1,169 episodes$/);
      expect(Number.parseInt((await count(page))!, 10)).toBeLessThanOrEqual(found.length);
      await page.locator("#filters summary").click();
      await page.locator("#clear-filters").click();
      await page.selectOption("#filter-policy", "hint-fisher");
      await page.selectOption("#filter-category", "miss_param");
      await page.selectOption("#filter-sample", "1");
      const wanted = traces.filter(
        ({ policy, category, sample }) => policy === "hint-fisher" && category === "miss_param" && sample === 1,
      );
      expect(await count(page)).toBe(`${wanted.length} of 1,169 episodes`);
      await page.locator("#filters summary").click();
      await page.locator(".row").first().click();
      for (const key of ["j", "j", "ArrowDown", "k"]) await page.keyboard.press(key);
      await expect.poll(() => title(page)).toBe(wanted[2]!.id);
      expect(await selected(page)).toBe(wanted[2]!.id);
      await page.selectOption("#sorting", "most failed calls", { force: true });
      await page.keyboard.press("?");
      expect(await page.locator("#help").isVisible()).toBe(true);
      await page.keyboard.press("Escape");
      expect(await page.locator("#help").isVisible()).toBe(false);
    });
  });

  test("an episode in full: hint beside raw result, what calls changed, ground truth, verdict", async () => {
    await open("traces.html", async (page) => {
      await find(page, "miss_param_band_van hint-fisher");
      const trace = traces.find(({ id, policy }) => id === "miss_param_band_van" && policy === "hint-fisher")!;
      const result = trace.turns
        .flatMap(({ steps }) => steps.flatMap(({ results }) => results))
        .find(({ hint }) => hint)!;
      const outcome = page.locator(".outcome.with-hint").first();
      expect(await outcome.locator(".text.failed").textContent()).toBe(result.text);
      expect(await outcome.locator(".text.hint").textContent()).toBe(result.hint!.text);
      const [raw, hint] = [
        await outcome.locator(".failed").boundingBox(),
        await outcome.locator(".hint").boundingBox(),
      ];
      expect(hint!.x).toBeGreaterThan(raw!.x + raw!.width);
      expect(await page.locator(".reasons li").first().textContent()).toContain(trace.turns[0]!.reasons![0]!.code);
      expect(await page.locator(".truth").allTextContents()).toEqual(
        expect.arrayContaining([expect.stringContaining("lockDoors(unlock=False")]),
      );

      await find(page, "miss_param_band_van ground-truth");
      const locking = page.locator(".step .call", { hasText: "lockDoors(" });
      expect(await locking.locator(".changes li").allTextContents()).toContain(
        'VehicleControlAPI/doorStatus/driver "unlocked" → "locked"',
      );
      await find(page, "miss_param_band_van do-nothing");
      expect(await page.locator(".turn > .labelled .changes li").first().textContent()).toMatch(/ → /);
    });
  });

  test("what a model wrote stays text", async () => {
    await open("traces.html", async (page) => {
      await page.fill("#search", "document.title");
      await page.locator(".row").first().click();
      await expect.poll(() => page.locator("#episode-title").textContent()).toBe(evil);
      for (const text of [".text.user", ".text.said", ".call .text", ".call code", ".step .text.hint"])
        expect(await page.locator(text).first().textContent(), text).toBe(evil);
      expect(await page.locator(".step").textContent()).toContain("Cut off at a limit of tokens.");
      expect(await page.locator("article").locator("script, img").count()).toBe(0);
      expect(await page.title()).toBe("traces.jsonl: envtune report");
    });
  });

  test("an address leads to its episode, and follows it", async () => {
    await open(
      "traces.html",
      async (page) => {
        await expect.poll(() => title(page)).toBe(traces[700]!.id);
        await page.locator(".list").focus();
        await page.keyboard.press("j");
        await expect.poll(() => page.url()).toMatch(/#episodes\/701$/);
      },
      { hash: "#episodes/700" },
    );
  });
});

describe.skipIf(!program)("training runs", () => {
  test("curves of both runs, decisions in words, settings that differ", async () => {
    await open("runs.html", async (page) => {
      expect(await page.locator(".chart canvas").count()).toBeGreaterThan(15);
      expect(await page.locator("#chart-reward .u-legend").textContent()).toMatch(
        /curriculum: reward[\s\S]*single: reward/,
      );
      expect(await page.locator(".decisions").first().textContent()).toContain(
        "'syntax': advance to 'base with hints' by",
      );
      expect(await page.locator(".decisions").last().textContent()).toContain("stop by gradientNorm and accuracy");
      expect(await page.locator("#differing").textContent()).toBe("The runs differ in seed.");
      expect(await page.locator(".card").first().textContent()).toContain("finished the curriculum");
      await page.locator(".legend input").first().uncheck();
      expect(await page.locator("#chart-reward .u-legend").textContent()).not.toContain("curriculum");
    });
  });

  test("the cursor stands at one step in all charts", async () => {
    await open("runs.html", async (page) => {
      await page.locator("#chart-reward .u-over").hover();
      const step = (id: string) => page.locator(`#chart-${id} .u-legend .u-value`).first().textContent();
      await expect.poll(() => step("reward")).toMatch(/^\d+$/);
      expect(await step("entropy")).toBe(await step("reward"));
    });
  });

  test("dark is chosen or the system's; texts are readable in both", async () => {
    const ground = (page: Page) => page.evaluate("getComputedStyle(document.documentElement).backgroundColor");
    for (const colorScheme of ["light", "dark"] as const)
      await open(
        "runs.html",
        async (page) => {
          const system = await ground(page);
          expect(await lowContrasts(page)).toEqual([]);
          await page.locator("#tab-episodes").click();
          await page.locator("#filters summary").click();
          expect(await lowContrasts(page)).toEqual([]);
          await page.selectOption("#theme", colorScheme === "dark" ? "light" : "dark");
          expect(await ground(page)).not.toBe(system);
        },
        { colorScheme },
      );
  });

  test("on a narrow screen nothing sticks out, and list and episode take turns", async () => {
    const widths = (page: Page) => page.evaluate("[document.documentElement.scrollWidth, innerWidth]");
    await open(
      "runs.html",
      async (page) => {
        expect(await widths(page)).toEqual([390, 390]);
        await page.locator("#tab-episodes").click();
        expect(await page.locator(".detail").isVisible()).toBe(false);
        await page.locator(".row").first().click();
        expect(await page.locator(".finder").isVisible()).toBe(false);
        expect(await widths(page)).toEqual([390, 390]);
        await page.locator(".back").click();
        expect(await page.locator(".finder").isVisible()).toBe(true);
      },
      { width: 390 },
    );
  });
});
