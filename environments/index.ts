import type { Environment } from "../src/core/environment.ts";
import { joinEnvironments } from "../src/core/join.ts";
import type { HintLibrary } from "../src/feedback/feedback.ts";
import type { Requests } from "../src/generate/define-requests.ts";
import { pythonNotation } from "../src/python/notation.ts";
import { fileSystemHints } from "./file-system/hints.ts";
import { fileSystem } from "./file-system/index.ts";
import { fileSystemRequests } from "./file-system/requests.ts";
import { mathHints } from "./math/hints.ts";
import { math } from "./math/index.ts";
import { mathRequests } from "./math/requests.ts";
import { messageHints } from "./messages/hints.ts";
import { messages } from "./messages/index.ts";
import { messageRequests } from "./messages/requests.ts";
import { postingHints } from "./posting/hints.ts";
import { posting } from "./posting/index.ts";
import { postingRequests } from "./posting/requests.ts";
import { shopHints } from "./shop/hints.ts";
import { shop } from "./shop/index.ts";
import { shopRequests } from "./shop/requests.ts";
import { ticketHints } from "./tickets/hints.ts";
import { tickets } from "./tickets/index.ts";
import { ticketRequests } from "./tickets/requests.ts";
import { tradingHints } from "./trading/hints.ts";
import { trading } from "./trading/index.ts";
import { tradingRequests } from "./trading/requests.ts";
import { travelHints } from "./travel/hints.ts";
import { travel } from "./travel/index.ts";
import { travelRequests } from "./travel/requests.ts";
import { vehicleHints } from "./vehicle/hints.ts";
import { vehicle } from "./vehicle/index.ts";
import { vehicleRequests } from "./vehicle/requests.ts";

/** The environments by the names that tasks use. */
export const environments: Readonly<Record<string, Environment>> = {
  GorillaFileSystem: fileSystem,
  TicketAPI: tickets,
  MessageAPI: messages,
  MathAPI: math,
  TradingBot: trading,
  TwitterAPI: posting,
  TravelAPI: travel,
  VehicleControlAPI: vehicle,
  ShopAPI: shop,
};

/** The hints on the environments' failures, by the same names. */
export const hints: HintLibrary = {
  GorillaFileSystem: fileSystemHints,
  TradingBot: tradingHints,
  TwitterAPI: postingHints,
  TicketAPI: ticketHints,
  MessageAPI: messageHints,
  MathAPI: mathHints,
  TravelAPI: travelHints,
  VehicleControlAPI: vehicleHints,
  ShopAPI: shopHints,
};

/** How users speak of the environments, for tasks that are generated, by the same names. */
export const requests: Readonly<Record<string, Requests>> = {
  GorillaFileSystem: fileSystemRequests,
  TicketAPI: ticketRequests,
  MessageAPI: messageRequests,
  MathAPI: mathRequests,
  TradingBot: tradingRequests,
  TwitterAPI: postingRequests,
  TravelAPI: travelRequests,
  VehicleControlAPI: vehicleRequests,
  ShopAPI: shopRequests,
};

const byName = new Map(Object.entries(environments));
const joined = new Map<string, Environment>();

/** The named environments joined in that order; made once per list. Throws on an unknown name. */
export function environmentOf(names: readonly string[]): Environment {
  const key = names.join("+");
  let environment = joined.get(key);
  if (!environment) {
    const parts = names.map((name): [string, Environment] => {
      const part = byName.get(name);
      if (!part) throw new Error(`no environment is named '${name}'; there are ${[...byName.keys()].join(", ")}`);
      return [name, part];
    });
    const notations = new Set(parts.map(([, { notation }]) => notation));
    const notation = notations.size === 1 ? [...notations][0] : pythonNotation;
    environment = joinEnvironments(Object.fromEntries(parts), notation) as Environment;
    joined.set(key, environment);
  }
  return environment;
}

export { fileSystem, math, messages, posting, shop, tickets, trading, travel, vehicle };
