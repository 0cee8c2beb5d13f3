import { parseAssignments } from "../../python/assignments.ts";
import { entriesOf, isDict, isList, type PyEntry } from "../../python/dict.ts";
import { parseJson } from "../../python/json.ts";
import type { PyValue } from "../../python/value.ts";
import { ExtensionPack } from "../extension.ts";
import { issueProblems } from "../issue.ts";
import { DataError } from "../problem.ts";
import { longContextFiles } from "./layout.ts";
import type { BfclSource } from "./source.ts";

const names = {
  fileSystem: {
    fileContent: "FILE_CONTENT_EXTENSION",
    fileNames: "POPULATE_FILE_EXTENSION",
    sparedFiles: "FILES_TAIL_USED",
  },
  trading: {
    watchList: "WATCH_LIST_EXTENSION",
    transactionHistory: "TRANSACTION_HISTORY_EXTENSION",
    movingAverage5: "MA_5_EXTENSION",
    movingAverage20: "MA_20_EXTENSION",
    technology: "TECHNOLOGY_EXTENSION",
    automobile: "AUTOMOBILE_EXTENSION",
    orderDetail: "ORDER_DETAIL_EXTENSION",
  },
  travel: { creditCards: "CREDIT_CARD_EXTENSION", bookings: "BOOKING_RECORD_EXTENSION" },
  vehicle: {
    carStatus: "CAR_STATUS_METADATA_EXTENSION",
    weather: "LONG_WEATHER_EXTENSION",
    parkingBrake: "PARKING_BRAKE_INSTRUCTION",
    intermediaryCities: "INTERMEDIARY_CITIES",
  },
} as const;

/** Reads the long-context constants; the module is parsed, never executed. */
export async function readLongContext(source: BfclSource): Promise<ExtensionPack> {
  for (const file of longContextFiles) {
    const text = await source.read(file);
    if (text !== undefined) return packOf(constantsOf(text, source.nameOf(file)), source.nameOf(file));
  }
  throw new DataError(`neither ${longContextFiles.map(source.nameOf).join(" nor ")} exists`);
}

function constantsOf(text: string, file: string): ReadonlyMap<PyValue, PyValue> {
  try {
    if (file.endsWith(".py")) return parseAssignments(text);
    const value = withEllipsis(parseJson(text));
    return new Map(isDict(value) ? entriesOf(value) : []);
  } catch (error) {
    const { message } = error as Error;
    const line = Number(/\bline (\d+)/.exec(message)?.[1] ?? 1);
    throw new DataError("the long-context constants cannot be read", [{ file, line, message }]);
  }
}

function packOf(constants: ReadonlyMap<PyValue, PyValue>, file: string): ExtensionPack {
  const pack = Object.fromEntries(
    Object.entries(names).map(([part, fields]) => [
      part,
      Object.fromEntries(Object.entries(fields).map(([field, name]) => [field, constants.get(name)])),
    ]),
  );
  const parsed = ExtensionPack.safeParse(pack);
  if (parsed.success) return parsed.data;
  const problems = issueProblems(parsed.error.issues, pack).map(({ path: [part, field, ...rest], message }) => {
    const name = (names as Record<string, Record<string, string>>)[String(part)]?.[String(field)];
    return { path: [name ?? String(part), ...rest], message };
  });
  throw new DataError(
    "the long-context constants are not what BFCL v4 has",
    problems.map(({ path, message }) => ({ file, path: path.map(String).join("."), message })),
  );
}

/** JSON has no `...`; it is written `{"$ellipsis": true}`. */
function withEllipsis(value: PyValue): PyValue {
  if (isList(value)) return value.map(withEllipsis);
  if (!isDict(value)) return value;
  const entries = entriesOf(value);
  if (entries.length === 1 && entries[0]![0] === "$ellipsis") return { $repr: "Ellipsis" };
  const inner = entries.map(([key, item]): PyEntry => [key, withEllipsis(item)]);
  return "$dict" in value ? { $dict: inner } : (Object.fromEntries(inner) as PyValue);
}
