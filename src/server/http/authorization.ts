import { createHash, timingSafeEqual } from "node:crypto";

/** Whether an `Authorization` header carries the token; takes as long for any wrong one. */
export function carriesToken(header: string | undefined, token: string): boolean {
  const [, given = ""] = /^Bearer +(\S+) *$/i.exec(header ?? "") ?? [];
  return timingSafeEqual(digest(given), digest(token)) && given !== "";
}

/** Whether a client could ever send this token. */
export const canBeSent = (token: string): boolean => /^[\x21-\x7e]+$/.test(token);

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
