import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { frameworkPython } from "../../frameworks/python-venv.ts";
import { countPassed } from "../../frameworks/run-pytest.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");
const project = join(root, "integrations/python");
const pinned = join(root, "tests/frameworks/requirements/python.txt");
const base = await frameworkPython("python");

describe.skipIf(base === undefined)("the Python package", () => {
  const folder = mkdtempSync(join(tmpdir(), "envtune-python-"));
  const bin = join(folder, "venv", "bin");
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs in the fresh environment, away from the sources, with no other program on the PATH than those of that environment. */
  function python(args: readonly string[], cwd = folder): string {
    const { ENVTUNE_NODE: _, ENVTUNE_SERVER: __, PYTHONPATH: ___, ...environment } = process.env;
    return run(join(bin, "python"), args, cwd, { ...environment, PATH: bin });
  }

  beforeAll(() => {
    run("node", [join(project, "build.mjs")], root, process.env);
    run(base!, ["-m", "venv", join(folder, "venv")], folder, process.env);
    const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--constraint", pinned];
    run(join(bin, "python"), [...install, distribution(".whl")], folder, process.env);
  });

  test("the wheel is pure Python, and says in its metadata what it is", () => {
    expect(distribution(".whl")).toMatch(/envtune-[\d.]+-py3-none-any\.whl$/);
    expect(existsSync(distribution(".tar.gz"))).toBe(true);
    const told = python([
      "-c",
      `
import importlib.metadata, json, envtune
about = importlib.metadata.metadata("envtune")
files = [str(file) for file in importlib.metadata.files("envtune")]
print(json.dumps({
  "versions": [about["Version"], envtune.__version__], "license": about["License-Expression"],
  "extras": about.get_all("Provides-Extra"), "typed": "envtune/py.typed" in files,
  "server": sorted(file.split("/_server/", 1)[1] for file in files if "/_server/" in file),
  "licenses": sorted(file.rsplit("/", 1)[-1] for file in files if "/licenses/" in file),
}))`,
    ]);
    const { versions, ...rest } = JSON.parse(told);
    const taskFiles = readdirSync(join(root, "fixtures/tasks"), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.jsonl?$/.test(name))
      .map((name) => `fixtures/tasks/${name}`);
    expect(versions[0]).toBe(versions[1]);
    expect(rest).toEqual({
      ...{ license: "Apache-2.0", typed: true, licenses: ["LICENSE", "NOTICE"] },
      extras: ["tinker", "trl", "verifiers", "verl"],
      server: ["LICENSES.txt", "envtune.cjs", ...taskFiles].sort(),
    });
  });

  test("it prints a graded episode on a machine without Node", () => {
    expect(readdirSync(bin)).not.toContain("node");
    const shown = python(["-m", "envtune"]);
    expect(shown).toContain("turn scores  [1, 1, 0]");
    expect(shown).toContain("reward       0.667");
    const [, seconds] = /^(\d+\.\d) s, with starting and stopping the server$/m.exec(shown)!;
    console.log(`python -m envtune, installed from the wheel, without Node on the PATH: ${seconds} s`);
  });

  test.each([
    ["docs/frameworks/python.md", "There's an empty folder called scratch, throw it out. 0.3333333333333333 [1]\n"],
    ["integrations/python/README.md", "[0, 0, 0] 0.0\n"],
  ])("the lines of %s run as printed", (page, end) => {
    const lines = /^```python\n([\s\S]*?)^```$/m.exec(readFileSync(join(root, page), "utf8"))![1]!;
    expect(python(["-c", lines])).toContain(end);
  });

  test("ruff finds nothing in it, nor in the programs that replay scripts", () => {
    // From where the project's own modules are told from others.
    const replay = join(root, "tests/frameworks/replay");
    for (const command of [
      ["check", "--no-cache"],
      ["format", "--no-cache", "--check"],
    ]) {
      run(base!, ["-m", "ruff", ...command, "."], project, process.env);
      run(base!, ["-m", "ruff", ...command, "--config", join(project, "pyproject.toml"), replay], project, process.env);
    }
  });

  test("its own tests pass against the installed wheel, and its types hold", () => {
    const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--constraint", pinned];
    run(join(bin, "python"), [...install, "pytest", "mypy"], folder, process.env);
    cpSync(join(project, "tests/core"), join(folder, "core"), { recursive: true });
    const printed = python(["-m", "pytest", "-q", "-p", "no:cacheprovider", "core"]);
    expect(printed).toMatch(/^\d+ passed/m);
    countPassed("core", printed);
    // The adapters import their frameworks, which are not here.
    const adapters = "/(trl|verl|verifiers|tinker|nemo)[^/]*(\\.py|/)";
    const strict = ["-m", "mypy", "--strict", "--cache-dir", join(folder, "mypy")];
    const core = readFileSync(join(project, "pyproject.toml"), "utf8").match(/python_version = "([\d.]+)"/)![1]!;
    expect(
      python([...strict, "--python-version", core, "--exclude", adapters, join(project, "src/envtune")]),
    ).toContain("Success");
    expect(python([...strict, join(folder, "core/typed_program.py")])).toContain("Success");
    expect(python([join(folder, "core/typed_program.py")])).toMatch(/\n\d\.\d+\n\[0\.0, 0\.0, 0\.0\]\n$/);
  });
});

function distribution(ending: string): string {
  const dist = join(project, "dist");
  return join(dist, readdirSync(dist).find((name) => name.endsWith(ending))!);
}

/** What it printed; where it fails, that stands in the error. */
function run(program: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): string {
  try {
    return execFileSync(program, args, { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    const { message, stdout, stderr } = error as { message: string; stdout?: string; stderr?: string };
    throw new Error([message, stdout, stderr].join("\n"));
  }
}
