import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

/**
 * A folder of an author's: the packed envtune is installed in it, and all else that this repository has installed is linked, so
 * that nothing is downloaded.
 */
export class AuthorProject {
  readonly folder = mkdtempSync(join(tmpdir(), "envtune-author-"));
  readonly modules = join(this.folder, "node_modules");

  constructor() {
    const packed = join(this.folder, "packed");
    mkdirSync(join(this.modules, ".bin"), { recursive: true });
    mkdirSync(packed);
    execFileSync("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", packed], { cwd: root });
    execFileSync("tar", ["xzf", join(packed, readdirSync(packed)[0]!), "-C", packed]);
    // As in a clone, whose own config is not for the projects in it.
    writeFileSync(
      join(this.folder, "vitest.config.ts"),
      'throw new Error("the config of the folder above was taken");',
    );
    const installed = join(root, "node_modules");
    for (const name of readdirSync(installed))
      if (!name.startsWith(".") && name !== "envtune") symlinkSync(join(installed, name), join(this.modules, name));
    execFileSync("mv", [join(packed, "package"), join(this.modules, "envtune")]);
    for (const name of readdirSync(join(installed, ".bin")))
      symlinkSync(
        join(installed, ".bin", readlinkSync(join(installed, ".bin", name))),
        join(this.modules, ".bin", name),
      );
    symlinkSync("../envtune/dist/cli.js", join(this.modules, ".bin", "envtune"));
    execFileSync("chmod", ["+x", join(this.modules, "envtune/dist/cli.js")]);
  }

  /** What `npm install` does in a project inside this folder. */
  install(project: string): void {
    symlinkSync(this.modules, join(project, "node_modules"));
  }

  run(command: string, cwd = this.folder): { readonly status: number | null; readonly output: string } {
    const { status, stdout, stderr } = spawnSync("bash", ["-c", command], { cwd, encoding: "utf8", env: plain });
    return { status, output: `${stdout}${stderr}` };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** No colours, and nothing of the test runner that runs this test. */
export const plain: NodeJS.ProcessEnv = Object.fromEntries(
  Object.entries({ ...process.env, NO_COLOR: "1", CI: "1" }).filter(
    ([name]) => !/^(VITEST|VITE_|TEST|NODE_ENV|FORCE_COLOR|npm_)/.test(name),
  ),
);
