/** Puts the server's bundle into the Python package, and builds its sdist and wheel into `dist/` beside this file. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const tools = ["build==1.6.1", "hatchling==1.33.0"];
const project = dirname(fileURLToPath(import.meta.url));
const root = join(project, "../..");
const bundle = join(root, "dist/server-bundle");
if (!existsSync(bundle)) throw new Error("dist/server-bundle is missing: npm run build makes it");

const inPackage = join(project, "src/envtune/_server");
rmSync(inPackage, { recursive: true, force: true });
cpSync(bundle, inPackage, { recursive: true });
for (const name of ["LICENSE", "NOTICE"]) cpSync(join(root, name), join(project, name));

const dist = join(project, "dist");
rmSync(dist, { recursive: true, force: true });
run(buildPython(), ["-m", "build", "--no-isolation", "--outdir", dist, project]);
for (const name of readdirSync(dist)) console.log(`${name}: ${Math.round(statSync(join(dist, name)).size / 1024)} KB`);

function buildPython() {
  const base = ["python3.13", "python3.12", "python3.11", "python3.10", "python3"].find(isUsable);
  if (!base) throw new Error("building the package needs Python 3.10 or newer, with venv");
  const key = createHash("sha256").update(tools.join()).digest("hex").slice(0, 12);
  const folder = join(root, ".cache", `python-build-${key}`);
  const python = join(folder, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  const complete = join(folder, "complete");
  if (existsSync(complete)) return python;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  run(base, ["-m", "venv", folder]);
  run(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...tools]);
  writeFileSync(complete, "");
  return python;
}

function isUsable(command) {
  try {
    const check = "import ensurepip, venv, sys; sys.exit(sys.version_info < (3, 10))";
    execFileSync(command, ["-c", check], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

function run(command, args) {
  execFileSync(command, args, { stdio: ["ignore", "ignore", "inherit"] });
}
