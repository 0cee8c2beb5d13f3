import { z } from "zod";
import type { PyValue } from "../python/value.ts";

const value = z.custom<PyValue>((input) => input !== undefined, { error: "expected a value" });
const list = z.array(value);

/** What long-context mode adds to the first state of each environment. Values are as Python holds them, 5 and 5.0 told apart. */
export const ExtensionPack = z.strictObject({
  fileSystem: z.strictObject({
    /** Text put behind every file but the spared ones. */
    fileContent: z.string(),
    /** Empty files put into every innermost directory. */
    fileNames: z.array(z.string()),
    sparedFiles: z.array(z.string()),
  }),
  trading: z.strictObject({
    watchList: list,
    transactionHistory: list,
    movingAverage5: list,
    movingAverage20: list,
    technology: list,
    automobile: list,
    orderDetail: value,
  }),
  travel: z.strictObject({ creditCards: value, bookings: value }),
  vehicle: z.strictObject({
    carStatus: z.string(),
    weather: value,
    parkingBrake: z.string(),
    intermediaryCities: z.array(z.string()),
  }),
});
export type ExtensionPack = z.output<typeof ExtensionPack>;
