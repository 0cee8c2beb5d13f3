import type { Reply } from "./reply.ts";

/** What metrics and logs are told of. */
export type SessionEvent =
  | { readonly kind: "created"; readonly session: string }
  | { readonly kind: "reset"; readonly session: string; readonly task: string }
  | { readonly kind: "stepped"; readonly session: string; readonly seconds: number; readonly reply: Reply }
  | { readonly kind: "closed"; readonly session: string; readonly why: "client" | "idle" | "shutdown" };
