export type { ReportTasks } from "./tasks-at-hand.ts";
export { type ReportOptions, type WrittenReport, writeReport } from "./write-report.ts";
