export {
  type ArgumentIssue,
  bindArguments,
  type Call,
  type CallFailure,
  type CallFault,
  callFailureCodes,
} from "./call.ts";
export { canonicalJson, sha256 } from "./canonical.ts";
export { compareCodePoints } from "./code-points.ts";
export {
  type ConfigOf,
  defineState,
  type Environment,
  type StateKit,
  type StateOf,
  type ToolsOf,
} from "./environment.ts";
export { sameValue } from "./equality.ts";
export { type Joined, joinEnvironments } from "./join.ts";
export { mergeTools } from "./merge-tools.ts";
export { nearestNames } from "./nearest-name.ts";
export { jsonNotation, type Notation } from "./notation.ts";
export { type Failed, type Failure, type FailureSpec, failure, type Outcome, type Success } from "./outcome.ts";
export type { PublicAttributes } from "./projection.ts";
export type { Step } from "./step.ts";
export type { ArgsOf, CallOf, FailureFrom, OutcomeOf, Tool, ToolSpec, Tools, ValueOf } from "./tool.ts";
export { type ToolDocument, toolDocument, toolDocuments } from "./tool-document.ts";
