export const logLevels = ["error", "warn", "info", "debug"] as const;
export type LogLevel = (typeof logLevels)[number];

/** Writes one JSON object a line: when, how grave, what, and facts about it. */
export type Log = (level: LogLevel, event: string, facts?: Readonly<Record<string, unknown>>) => void;

/** What is said and known in an episode is never logged; a session's id, which opens it, only by its first letters. */
export function createLog(least: LogLevel | "off", write: (line: string) => void): Log {
  const most = least === "off" ? -1 : logLevels.indexOf(least);
  return (level, event, facts = {}) => {
    if (logLevels.indexOf(level) > most) return;
    write(`${JSON.stringify({ time: new Date().toISOString(), level, event, ...facts })}\n`);
  };
}

export const shortId = (session: string): string => session.slice(0, 8);
