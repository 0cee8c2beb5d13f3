export type { MockStep } from "./engine.ts";
export { type FaultKind, type FaultRates, faultKinds } from "./faults.ts";
export { type MockTinker, type MockTinkerOptions, startMockTinker } from "./server.ts";
