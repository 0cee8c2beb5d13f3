export { arbitraryOf } from "./arbitrary.ts";
export {
  checkLaws,
  findLawBreaks,
  type LawBreak,
  type LawName,
  type LawOptions,
  type LawReport,
  laws,
  type Reached,
} from "./laws.ts";
export * from "./learnability/index.ts";
