import { sha256 } from "../core/canonical.ts";
import { compareCodePoints } from "../core/code-points.ts";
import { type Part, parts, type Shares, type Split } from "./parts.ts";
import type { Task } from "./task.ts";

const defaultShares: Shares = { train: 0.4, validation: 0.1, test: 0.5 };

/** BFCL's main domains are blocks of 50 conversations each. */
const familiesPerDomain = 50;

/** Deals families out, domain by domain, so that each part gets its share of every domain. */
export function splitByFamily(tasks: readonly Task[], seed: number, shares: Shares = defaultShares): Split {
  checkShares(shares);
  const partOf = new Map<string, Part>();
  const dealt = { train: 0, validation: 0, test: 0 };
  const owed = (part: Part) => shares[part] * (partOf.size + 1) - dealt[part];
  for (const family of shuffledByDomain(tasks, seed)) {
    const part = parts.reduce((a, b) => (owed(b) > owed(a) + 1e-9 ? b : a));
    dealt[part]++;
    partOf.set(family, part);
  }
  const tasksOf = (part: Part) => tasks.filter(({ family }) => partOf.get(family) === part);
  return { train: tasksOf("train"), validation: tasksOf("validation"), test: tasksOf("test") };
}

/** The families in an order that the seed alone decides inside each domain. */
function shuffledByDomain(tasks: readonly Task[], seed: number): string[] {
  const keys = new Map<string, readonly [domain: string, hash: string]>();
  for (const task of [...tasks].sort((a, b) => compareCodePoints(a.id, b.id)))
    if (!keys.has(task.family)) keys.set(task.family, [domainOf(task), sha256(`${seed}\n${task.family}`)]);
  return [...keys]
    .sort(([, a], [, b]) => compareCodePoints(a[0], b[0]) || compareCodePoints(a[1], b[1]))
    .map(([family]) => family);
}

/** The main domain of a BFCL family, else the environments that the task runs in. */
export function domainOf({ family, environments }: Task): string {
  const index = /^bfcl_(\d+)$/.exec(family)?.[1];
  if (index === undefined) return [...environments].sort(compareCodePoints).join("+");
  return `bfcl ${Math.floor(Number(index) / familiesPerDomain)}`;
}

function checkShares(shares: Shares): void {
  const { train, validation, test } = shares;
  const given = [train, validation, test];
  const sum = train + validation + test;
  if (given.every((share) => share >= 0 && share <= 1) && Math.abs(sum - 1) < 1e-6) return;
  throw new Error(
    `shares: expected train, validation and test between 0 and 1 with a sum of 1, got ${given.join(", ")} with a sum of ${sum}`,
  );
}
