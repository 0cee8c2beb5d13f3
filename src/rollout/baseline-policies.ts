import { seededRandom } from "../core/seeded-random.ts";
import type { WritableCall } from "../episode/renderer.ts";
import { hiddenAt } from "../task/held-out.ts";
import type { Moment, Policy } from "./policy.ts";
import { randomCall } from "./random-call.ts";
import { answerAlwaysPolicy, doNothingPolicy, groundTruthPolicy } from "./scripted-policies.ts";

const done = ({ setting }: Moment) => setting.renderer.answer("Done.");
const stepsOf = ({ episode }: Moment) => episode.turns.at(-1)!;

/** The tools that the model may call now. */
function offeredIn({ setting, episode }: Moment): string[] {
  const hidden = hiddenAt(setting.task.turns, episode.turns.length - 1);
  return Object.keys(setting.environment.tools).filter((tool) => !hidden.has(tool));
}

/** A call drawn once for each turn, the same in all of its steps. */
function callOfTurn(moment: Moment): WritableCall {
  const { setting, episode, sample } = moment;
  const turn = episode.turns.length - 1;
  const random = seededRandom(JSON.stringify(["repeat", setting.task.id, sample, turn]));
  return randomCall(setting.environment, episode.state, hiddenAt(setting.task.turns, turn), random);
}

/** Makes one call over and over, whether or not it fails, until the turn is taken from it. */
const repeatPolicy: Policy = {
  name: "repeat",
  async respond(moment) {
    const first = stepsOf(moment)[0]?.calls[0];
    const call = typeof first === "object" ? { tool: first.tool, args: first.args } : callOfTurn(moment);
    // In evaluation one step more than the limit ends the whole episode, which would show less of the reward.
    const { stepLimit, beyondLimit } = moment.setting.rules;
    const left = stepsOf(moment).length < stepLimit || beyondLimit === "endTurn";
    return left ? moment.setting.renderer.write([call]) : done(moment);
  },
};

/** Calls every read that needs no argument, once a turn, and changes nothing. */
const readSpamPolicy: Policy = {
  name: "read-spam",
  async respond(moment) {
    const { environment, renderer } = moment.setting;
    const reads = offeredIn(moment).filter((tool) => {
      const { effect, spec } = environment.tools[tool]!;
      return effect === "read" && spec.args.safeParse({}).success;
    });
    if (stepsOf(moment).length > 0 || reads.length === 0) return done(moment);
    return renderer.write(reads.map((tool) => ({ tool, args: {} })));
  },
};

/** Knows the ground truth, but makes the next turn's calls together with this one's: right deeds at the wrong time. */
const actEarlyPolicy: Policy = {
  name: "act-early",
  async respond(moment) {
    const { task, renderer } = moment.setting;
    const turn = moment.episode.turns.length - 1;
    const early = turn === 0 ? [...task.turns[0]!.groundTruth] : [];
    const calls = [...early, ...(task.turns[turn + 1]?.groundTruth ?? [])];
    return stepsOf(moment).length > 0 || calls.length === 0 ? done(moment) : renderer.write(calls);
  },
};

/** Calls every tool without arguments to see what the environment gives away, then the calls that hints suggest. */
const hintFisherPolicy: Policy = {
  name: "hint-fisher",
  async respond(moment) {
    const { renderer } = moment.setting;
    const steps = stepsOf(moment);
    if (steps.length === 0) return renderer.write(offeredIn(moment).map((tool) => ({ tool, args: {} })));
    const suggested = steps.at(-1)!.results.flatMap(({ hint }, index): WritableCall[] => {
      const call = steps.at(-1)!.calls[index]!;
      const { tools = [], argument, values = [] } = hint?.suggestion ?? {};
      const changed =
        argument !== undefined && values.length > 0 && typeof call === "object"
          ? [{ tool: call.tool, args: { ...call.args, [argument]: values[0] } }]
          : [];
      return [...tools.map((tool) => ({ tool, args: {} })), ...changed];
    });
    return steps.length > 3 || suggested.length === 0 ? done(moment) : renderer.write(suggested);
  },
};

/** Policies whose reward is the floor that a model has to beat, and the ground truth's, which is the ceiling. */
export const baselinePolicies: readonly Policy[] = [
  doNothingPolicy,
  answerAlwaysPolicy,
  repeatPolicy,
  readSpamPolicy,
  actEarlyPolicy,
  hintFisherPolicy,
  groundTruthPolicy,
];
