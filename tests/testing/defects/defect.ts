import type { LawName } from "../../../src/testing/laws.ts";
import type { Plant } from "./station.ts";

/** Something that an author does wrong, and what has to report it, where. */
export interface Defect {
  /** `law` where `checkLaws` reports it; else the name of a check of `verify`. */
  readonly law?: LawName;
  readonly check?: string;
  readonly tool?: string;
  readonly task?: string;
  readonly turn?: number;
  readonly call?: number;
  /** What the report has to say, so that the author knows what to change. */
  readonly says: string;
  /** Anew each time, since some of them remember. */
  readonly plant: () => Plant;
}
export type Defects = Readonly<Record<string, Defect>>;
