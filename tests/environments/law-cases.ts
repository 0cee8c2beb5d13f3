export { lawCases } from "../../src/testing/law-cases.ts";
