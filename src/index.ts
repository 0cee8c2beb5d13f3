export {
  type ArgsOf,
  type ArgumentIssue,
  type Call,
  type CallFailure,
  type CallOf,
  type ConfigOf,
  canonicalJson,
  defineState,
  type Environment,
  type Failed,
  type Failure,
  type FailureFrom,
  type FailureSpec,
  failure,
  type Joined,
  joinEnvironments,
  jsonNotation,
  mergeTools,
  type Notation,
  nearestNames,
  type Outcome,
  type OutcomeOf,
  type PublicAttributes,
  type StateKit,
  type StateOf,
  type Step,
  type Success,
  sameValue,
  sha256,
  type Tool,
  type ToolDocument,
  type ToolSpec,
  type Tools,
  type ToolsOf,
  toolDocument,
  toolDocuments,
  type ValueOf,
} from "./core/index.ts";
export { type Advance, advanceCurriculum, type StepReport } from "./curriculum/advance-curriculum.ts";
export {
  type CurriculumState,
  nextBatch,
  stageOf,
  startCurriculum,
  stepsInStage,
} from "./curriculum/curriculum-state.ts";
export { type Decision, decisionText } from "./curriculum/decision.ts";
export {
  type Curriculum,
  type CurriculumDefinition,
  defineCurriculum,
  type StageDefinition,
} from "./curriculum/define-curriculum.ts";
export { type FilteredGroups, type RewardGroup, withoutZeroVariance } from "./curriculum/group-filter.ts";
export type { TrainingFigures, ValidationFigures } from "./curriculum/history.ts";
export { type PaperOptions, paperCurriculum, singleStageCurriculum } from "./curriculum/paper-curriculum.ts";
export { loadCurriculum, saveCurriculum } from "./curriculum/saved-curriculum.ts";
export { hintsAt, type Stage } from "./curriculum/stage.ts";
export { stageTasks } from "./curriculum/stage-tasks.ts";
export { isInBand, type TaskReward, type TaskStatistics } from "./curriculum/task-statistics.ts";
export { type ValidationOutcome, validationFigures } from "./curriculum/validation-figures.ts";
export { withoutGradientNorm } from "./curriculum/without-gradient-norm.ts";
export {
  abort,
  act,
  type Ending,
  type Episode,
  isTruncated,
  observe,
  playedOf,
  startEpisode,
} from "./episode/episode.ts";
export type { AssistantMessage, ChatMessage, ToolCall, ToolDefinition } from "./episode/message.ts";
export { type Prompt, prompts } from "./episode/prompts.ts";
export type { Observation, Reading, Renderer } from "./episode/renderer.ts";
export { renderers } from "./episode/renderers/index.ts";
export { withSignatures } from "./episode/renderers/with-signatures.ts";
export { type EpisodeRules, evaluationRules, trainingRules } from "./episode/rules.ts";
export {
  type EpisodeSetting,
  evaluationSetting,
  type HintSetting,
  type SettingOptions,
  type TrainingOptions,
  trainingSetting,
} from "./episode/setting.ts";
export type { CallResult, EpisodeStep, Transcript, TranscriptTurn } from "./episode/transcript.ts";
export { bfclProtocol, type Protocol } from "./evaluation/bfcl-protocol/bfcl-protocol.ts";
export { compareRuns, type GroupComparison, type ReasonChange, type RunComparison } from "./evaluation/compare-runs.ts";
export { passAtK, passHatK } from "./evaluation/estimators.ts";
export {
  type EvaluatedEpisode,
  type EvaluatedRun,
  evaluatedEpisode,
  readEvaluatedRun,
} from "./evaluation/evaluated-run.ts";
export type { Evaluation } from "./evaluation/evaluation.ts";
export { type EvaluationSummary, summarizeEvaluation } from "./evaluation/evaluation-summary.ts";
export { type ManifestDifference, manifestDifferences } from "./evaluation/manifest-differences.ts";
export type { EpisodeTokens } from "./evaluation/token-log.ts";
export { type Advice, type Silence, silent } from "./feedback/advice.ts";
export { adviceOnUnmet, type Unmet } from "./feedback/all-unmet.ts";
export { defineHints, type HintContext, type Hints, type HintTable } from "./feedback/define-hints.ts";
export { type HintLibrary, hintOn } from "./feedback/feedback.ts";
export type { Hint, Suggestion } from "./feedback/hint.ts";
export { ago, type History, lastSuccess, type PastCall } from "./feedback/history.ts";
export { type HintLevel, hintLevels } from "./feedback/level.ts";
export { annealed, type LevelMix, withDropout } from "./feedback/level-mix.ts";
export { quoted, shortly } from "./feedback/words.ts";
export { type ExecutedTurn, type GoalVerdict, judgeGoal } from "./grading/goal.ts";
export {
  type ErrorType,
  type Grade,
  type GradeFailure,
  grade,
  inferenceError,
  type TurnGrade,
} from "./grading/grade.ts";
export { type GroundTruth, type GroundTruthTurn, replayGroundTruth } from "./grading/ground-truth.ts";
export { clusterInterval, type Interval } from "./grading/interval.ts";
export { type Profile, profiles } from "./grading/profile.ts";
export { decodeResult } from "./grading/result-file.ts";
export { type StateChange, stateChanges } from "./grading/state-change.ts";
export { type GradedEntry, type GradeSummary, summarize } from "./grading/summary.ts";
export { type ModelCall, type StepCalls, type Trajectory, trajectoryOf } from "./grading/trajectory.ts";
export { type Abstention, abstentionOf, abstentionRates } from "./progress/abstention.ts";
export { type AssessedEpisode, assess } from "./progress/assess.ts";
export { goalMilestones } from "./progress/goal-milestones.ts";
export { type Milestone, type MilestoneGraph, milestoneReward } from "./progress/milestones.ts";
export type { PlayedEpisode, PlayedStep, PlayRules } from "./progress/played.ts";
export { meanOverTurns, type Reward, type Score } from "./progress/reward.ts";
export { type RewardName, rewardOf, rewards } from "./progress/reward-spec.ts";
export { mixture } from "./progress/rewards/mixture.ts";
export { progressRewardWith } from "./progress/rewards/progress.ts";
export { type StateProgressOptions, stateProgressWith } from "./progress/rewards/state-progress.ts";
export type { Snapshot } from "./progress/snapshot.ts";
export type { TurnAssessment } from "./progress/turn-assessment.ts";
export {
  expectedResults,
  sameState,
  shareOfChanges,
  shareOfResults,
  type TurnChecker,
} from "./progress/turn-checker.ts";
export { type TurnReason, type TurnReasonCode, turnReasonCodes } from "./progress/turn-reason.ts";
export { baselinePolicies } from "./rollout/baseline-policies.ts";
export type { MessageTokens } from "./rollout/completion.ts";
export { type EndpointOptions, endpointPolicy } from "./rollout/endpoint-policy.ts";
export { type EpisodeSummary, summarizeEpisode } from "./rollout/episode-summary.ts";
export { earningsOf, type PolicyEarnings } from "./rollout/floors.ts";
export { RunManifest, type ServerSoftware } from "./rollout/manifest.ts";
export { OutOfTokens } from "./rollout/out-of-tokens.ts";
export { playEpisode } from "./rollout/play.ts";
export type { Moment, Policy } from "./rollout/policy.ts";
export { randomPolicy } from "./rollout/random-policy.ts";
export { type Progress, type Run, type RunResult, runEpisodes } from "./rollout/run.ts";
export { type RunSummary, summarizeRun } from "./rollout/run-summary.ts";
export { answerAlwaysPolicy, doNothingPolicy, groundTruthPolicy } from "./rollout/scripted-policies.ts";
export { gradeTrace, playedOfTrace, Trace, traceOf } from "./rollout/trace.ts";
export { readTraces } from "./rollout/trace-file.ts";
export { auditSplit, type SplitAudit } from "./task/audit-split.ts";
export { type ReadBfclOptions, readBfcl } from "./task/bfcl/read-bfcl.ts";
export { loadBundledExtension, loadBundledTasks } from "./task/bundled.ts";
export { checkTask, type EnvironmentOf } from "./task/check.ts";
export { type Dataset, type DatasetDocument, datasetHash } from "./task/dataset.ts";
export { loadDataset, saveDataset } from "./task/dataset-cache.ts";
export { defineTasks, type TypedTask, type TypedTurn } from "./task/define-tasks.ts";
export { ExtensionPack } from "./task/extension.ts";
export { CallCondition, Condition, Goal, StateCondition } from "./task/goal.ts";
export { type IdLists, readIdLists, writeIdLists } from "./task/id-lists.ts";
export { loadTasks, type ParseOptions, parseTasks, type TaskFile, TaskFileError } from "./task/load.ts";
export { openDataset } from "./task/open-dataset.ts";
export type { Part, Shares, Split } from "./task/parts.ts";
export { DataError, type Problem } from "./task/problem.ts";
export { saveTasks, taskLine } from "./task/save.ts";
export { type SplitOptions, split } from "./task/split.ts";
export { categories, Task, TaskCall, TaskTurn } from "./task/task.ts";
