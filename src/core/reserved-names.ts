/**
 * Names that no tool may have, because wherever an environment is served they mean something else: OpenEnv refuses `reset`,
 * `step`, `state` and `close` as tools, and `next_user_request` is the tool by which a server ends a turn. What one protocol
 * alone keeps for itself is refused there, when a tool of that name would be served (`verify` in NeMo Gym).
 */
const servedOtherwise: Readonly<Record<string, string>> = {
  reset: "it starts an episode",
  step: "it makes a call",
  state: "it reads an episode",
  close: "it ends a session",
  next_user_request: "it ends a turn",
};

/** Why a name cannot be a tool's; undefined where it can. */
export function whyReserved(name: string): string | undefined {
  if (Object.hasOwn(servedOtherwise, name)) return `in every server's protocol ${servedOtherwise[name]}`;
  if (name in Object.prototype) return "every JavaScript object has something of that name";
  return undefined;
}
