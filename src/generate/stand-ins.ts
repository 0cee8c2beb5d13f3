import { ownerOf } from "../core/owner.ts";
import type { SeededRandom } from "../core/seeded-random.ts";
import type { TaskCall } from "../task/task.ts";
import { drawArguments } from "./draw-arguments.ts";
import { leavesOf } from "./leaves.ts";
import type { World, WorldTool } from "./world.ts";

const draws = 8;

/**
 * The tools of which one call does what a call does: the same public state after it, or for one that changes none, the same
 * values in its answer. They have to be held out with it. What only several calls together replace is not found; the author
 * names that as `standIns`.
 */
export function standInsOf(
  world: World,
  before: object,
  call: TaskCall,
  random: SeededRandom,
): readonly string[] | false {
  const { environment } = world;
  const replaced = world.toolNamed.get(call.tool)!;
  if (replaced.request.standIns !== undefined) return replaced.request.standIns;
  const right = environment.step(before, call);
  const changes = !environment.same(before, right.state);
  const wanted = right.outcome.ok ? valuesOf(right.outcome.value) : "";
  const does = (other: TaskCall): boolean => {
    const { state, outcome } = environment.step(before, other);
    if (!outcome.ok) return false;
    return changes ? state !== before && environment.same(state, right.state) : valuesOf(outcome.value) === wanted;
  };
  return world.tools
    .filter((tool) => tool !== replaced && (!changes || tool.tool.effect === "write"))
    .filter((tool) => likeCalls(tool, world, before, call, random).some(does))
    .map(({ name }) => name);
}

/** Calls of another tool with the call's own values, and with its candidates in place of some. */
function likeCalls(tool: WorldTool, world: World, before: object, call: TaskCall, random: SeededRandom): TaskCall[] {
  const values = Object.values(call.args);
  const leaves = leavesOf(call.args);
  const lists = [leaves.map(({ raw }) => raw), ...values.filter(Array.isArray)];
  const own = ownerOf(world.environment, tool.name, before)!.state;
  const known = { latest: leaves, earlier: new Set(leaves.map(({ value }) => value)) };
  return Array.from({ length: draws }, () => {
    const args = drawArguments(tool, own, known, random);
    let next = random.below(Math.max(1, leaves.length));
    for (const { name, schema } of tool.parameters) {
      if (!Object.hasOwn(args, name) || random.below(4) === 0) continue;
      if (Object.hasOwn(call.args, name)) args[name] = call.args[name];
      else if (schema.type === "array") args[name] = random.pick(lists);
      else if (leaves.length > 0) args[name] = leaves[next++ % leaves.length]!.raw;
    }
    return { tool: tool.name, args };
  }).filter(({ args }) => tool.tool.spec.args.safeParse(args).success);
}

/** The texts and numbers of an answer; a mere yes or no is told apart by what it is called. */
function valuesOf(value: unknown): string {
  const leaves = leavesOf(value);
  return JSON.stringify(leaves.length === 0 ? value : leaves.map((leaf) => leaf.value));
}
