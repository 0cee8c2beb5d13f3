import type { Advice } from "../../../src/feedback/advice.ts";
import type { HintContext } from "../../../src/feedback/define-hints.ts";
import { ago, type History } from "../../../src/feedback/history.ts";
import { shortly } from "../../../src/feedback/words.ts";
import { loginElsewhere } from "../../login-elsewhere.ts";
import { receiversOf } from "../inbox.ts";
import { loggedIn, messageThere } from "../login.ts";
import type { State } from "../state.ts";
import { idFact, idGuide, noneOf, unmetId } from "./ids.ts";

const login = {
  guide:
    "Log in first, with the user id of the one on whose behalf this is done; where only a name is known, look up its id.",
  direct: "Call 'get_user_id' if only the name is known, then 'message_login' with the id.",
  tools: ["get_user_id", "message_login"],
};
const nobody = (state: State, history: History): string => {
  const tried = history.findLast(({ call, failure }) => call.tool === "message_login" && failure !== undefined);
  return `This needs someone to be ${loggedIn}, and ${noneOf(state)} is.${tried ? ` The login ${ago(tried)} failed.` : loginElsewhere(history)}`;
};

const lowerFirst = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1);

/** Nobody is logged in, for calls that need nothing else. */
export const notLoggedIn = ({ state, history }: HintContext<State>): Advice => ({
  diagnose: nobody(state, history),
  guide: login.guide,
  direct: login.direct,
  unmet: [loggedIn],
  tools: login.tools,
});

/** Nobody is logged in, and nobody has the id of the receiver either. */
export const notLoggedInToSend = (context: HintContext<State, { readonly receiver_id: string }>): Advice => {
  const { state, args, history } = context;
  if (state.users.some(([, id]) => id === args.receiver_id)) return notLoggedIn(context);
  const receiver = idGuide(state, "receiver_id", args.receiver_id, history);
  return {
    diagnose: `${nobody(state, history)} Besides, ${lowerFirst(idFact(state, "receiver_id", args.receiver_id))}`,
    guide: `${login.guide} As for the receiver: ${lowerFirst(receiver.guide)}`,
    direct: receiver.direct ? `${login.direct} For the receiver, ${lowerFirst(receiver.direct)}` : login.direct,
    unmet: [loggedIn, ...unmetId(state, args.receiver_id)],
    tools: [...new Set([...login.tools, ...(receiver.tools ?? [])])],
  };
};

/** Nobody is logged in, and there may be no message to the receiver either. */
export const notLoggedInToDelete = (context: HintContext<State, { readonly receiver_id: string }>): Advice => {
  const { state, args, history } = context;
  if (receiversOf(state).includes(args.receiver_id)) return notLoggedIn(context);
  const fact = `Besides, there must be ${messageThere}, and there is none to '${shortly(args.receiver_id)}'.`;
  return {
    ...notLoggedIn(context),
    diagnose: `${nobody(state, history)} ${fact}`,
    guide: `${login.guide} Then look for whom there are messages.`,
    direct: `${login.direct} Then 'view_messages_sent' shows the receivers.`,
    unmet: [loggedIn, messageThere],
    tools: [...login.tools, "view_messages_sent"],
  };
};
