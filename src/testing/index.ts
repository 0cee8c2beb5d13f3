export { arbitraryOf } from "./arbitrary.ts";
export { checkLaws, type LawOptions } from "./laws.ts";
