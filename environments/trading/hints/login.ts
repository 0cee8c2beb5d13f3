import { adviceOnUnmet, type Unmet } from "../../../src/feedback/all-unmet.ts";
import { ago, type History, lastSuccess } from "../../../src/feedback/history.ts";
import { loggedIn } from "../login-tools.ts";

/** Nobody is logged in, and why. */
function withoutLogin(history: History): string {
  const ended = lastSuccess(history, "trading_logout");
  if (ended) return `the logout ${ago(ended)} ended the login`;
  return "no login has been made";
}

/** The condition that is unmet while nobody is logged in; none while someone is. */
export function loginUnmet(state: { readonly authenticated: boolean }, history: History): Unmet[] {
  if (state.authenticated) return [];
  return [
    {
      condition: loggedIn,
      now: withoutLogin(history),
      way: "First log in to trading, with the user name and password from the conversation.",
      call: "'trading_login'",
      tools: ["trading_login"],
    },
  ];
}

interface Context {
  readonly state: { readonly authenticated: boolean };
  readonly history: History;
}

/** A read that needs the login and nothing else. */
export const needsLogin = ({ state, history }: Context) => adviceOnUnmet(loginUnmet(state, history));

export const alreadyLoggedIn = ({ history }: Context) => {
  const since = lastSuccess(history, "trading_login");
  return {
    diagnose: `Somebody is logged in to trading already, ${since ? `by the login ${ago(since)}` : "from the start"}; another login changes nothing.`,
    guide: "Nothing need be done to log in.",
    direct: "Call 'trading_logout' first, only if the user wants the login to end.",
    tools: ["trading_logout"],
  };
};

export const alreadyLoggedOut = ({ history }: Context) => ({
  diagnose: `Only who is ${loggedIn} can log out, and ${withoutLogin(history)}.`,
  guide: "Nothing need be done to log out.",
  direct: "",
  unmet: [loggedIn],
});
