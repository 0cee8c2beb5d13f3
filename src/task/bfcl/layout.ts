import type { Task } from "../task.ts";

/** Where things lie in a `bfcl_eval` package, relative to its folder. */
export const questionFile = (category: Task["category"]): string => `data/BFCL_v4_multi_turn_${category}.json`;
export const answerFile = (category: Task["category"]): string =>
  `data/possible_answer/BFCL_v4_multi_turn_${category}.json`;
export const documentFile = (environment: string): string =>
  `data/multi_turn_func_doc/${documentFiles[environment]}.json`;

/** BFCL's environments in the order of its function documents, and the file that documents each. */
const documentFiles: Readonly<Record<string, string>> = {
  GorillaFileSystem: "gorilla_file_system",
  MathAPI: "math_api",
  MessageAPI: "message_api",
  TwitterAPI: "posting_api",
  TicketAPI: "ticket_api",
  TradingBot: "trading_bot",
  TravelAPI: "travel_booking",
  VehicleControlAPI: "vehicle_control",
};
export const bfclEnvironments: readonly string[] = Object.keys(documentFiles);

/** The long-context constants: the package's own module, or the same as JSON beside `data/`. One of the two is enough. */
export const longContextFiles: readonly string[] = [
  "eval_checker/multi_turn_eval/func_source_code/long_context.py",
  "long_context.json",
];

/** Where a package may lie below the folder that a user names: itself, site-packages, a checkout, a virtual environment. */
export const packageFolders: readonly string[] = [
  "",
  "bfcl_eval",
  "berkeley-function-call-leaderboard/bfcl_eval",
  "Lib/site-packages/bfcl_eval",
];
