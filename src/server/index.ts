export { type Catalog, type CatalogOptions, createCatalog } from "./catalog.ts";
export { createLog, type Log, type LogLevel } from "./log.ts";
export { type RunningServer, type ServerOptions, startServer } from "./server.ts";
export type { EpisodeFacts, Reply, SessionObservation, SessionState, ToolError } from "./session/reply.ts";
export type { ResetDefaults, ResetOptions } from "./session/reset-options.ts";
export type { Session } from "./session/session.ts";
export { SessionError, type SessionErrorCode } from "./session/session-error.ts";
export { createSessionTable, type SessionTable, type TableLimits } from "./session/session-table.ts";
