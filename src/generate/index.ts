export type { SeededRandom } from "../core/seeded-random.ts";
export {
  type Ask,
  defineRequests,
  type Noun,
  type Requests,
  type RequestTable,
  type Said,
  type ToolRequest,
} from "./define-requests.ts";
export { invent } from "./free-value.ts";
export { type Generated, type GenerateOptions, generateTasks, type StartingConfigs } from "./generate-tasks.ts";
export { type MutateOptions, type Mutation, mutateTask } from "./mutate-task.ts";
