import { nearestName } from "../../../src/core/nearest-name.ts";
import type { Advice } from "../../../src/feedback/advice.ts";
import { adviceOnUnmet, type Unmet } from "../../../src/feedback/all-unmet.ts";
import type { HintContext } from "../../../src/feedback/define-hints.ts";
import { ago, type History, lastSuccess } from "../../../src/feedback/history.ts";
import { quoted, shortly } from "../../../src/feedback/words.ts";
import { loggedIn } from "../failures.ts";
import type { State } from "../state.ts";

const login = "authenticate_twitter";

/** Nobody is logged in: what became of the logins so far, and the way to one. */
export function loginUnmet({ history }: { readonly history: History }): Unmet {
  const refused = history.findLast(({ call, failure }) => call.tool === login && failure !== undefined);
  const wrong = { wrongUsername: "username", wrongPassword: "password" }[refused?.failure ?? ""];
  const unread = refused ? `the call to log in ${ago(refused)} could not be carried out` : "no login has been made";
  return {
    condition: loggedIn,
    now: refused && wrong ? `the login ${ago(refused)} was refused for its ${wrong}` : unread,
    way: `First log in to posting, with ${wrong ? `another ${wrong}` : "the account's username and password"}; ask the user for what the conversation does not tell.`,
    call: `'${login}'`,
    tools: [login],
  };
}

interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Both refusals of a login: all that is wrong with it. The password is never told, and the username only to a slip of it. */
export function wrongLogin({ state, args, history }: HintContext<State, Credentials>): Advice {
  const unmet: Unmet[] = [];
  if (args.username !== state.username) unmet.push(wrongUsername(state, args.username));
  if (args.password !== state.password) unmet.push(wrongPassword(state, args.password));
  const advice = adviceOnUnmet(unmet, "False means that the login was refused.");
  if (!state.authenticated) return advice;
  const before = lastSuccess(history, login);
  return {
    ...advice,
    diagnose: `${advice.diagnose} The account is logged in all the same${before ? `, by the login ${ago(before)}` : ""}.`,
    guide: `Nothing need be done to log in. ${advice.guide}`,
  };
}

function wrongUsername(state: State, given: string): Unmet {
  const near = nearestName(given.slice(0, 80), [state.username]);
  return {
    condition: "'username' is that of the account",
    now: `'${shortly(given)}' is not`,
    way:
      near === undefined
        ? `Give 'username' as the user told it, letter by letter; ask for it if it was not told.`
        : `For 'username', one that differs by a slip of spelling: ${quoted([near])}.`,
    argument: "username",
    ...(near === undefined ? {} : { values: [near] }),
  };
}

function wrongPassword({ password }: State, given: string): Unmet {
  const near =
    given.toLowerCase() === password.toLowerCase()
      ? "it differs in upper and lower case alone"
      : given.trim() === password.trim()
        ? "it differs in the blanks around it alone"
        : nearestName(given.slice(0, 80), [password]) !== undefined
          ? "it differs by a slip of spelling"
          : "the one given is not";
  return {
    condition: "'password' is that of the account",
    now: near,
    way: "Give 'password' as the user told it, letter by letter; ask for it if it was not told.",
    argument: "password",
  };
}
