import { lawCases } from "../law-cases.ts";
import type { LawOptions } from "../laws/law-options.ts";

/** How the laws are tried on the environments that come with envtune, by the names that tasks use. */
export const bundledLaws: Readonly<Record<string, Partial<LawOptions>>> = {
  GorillaFileSystem: lawCases.fileSystem,
  MathAPI: lawCases.math,
  MessageAPI: lawCases.messages,
  TwitterAPI: lawCases.posting,
  TicketAPI: lawCases.tickets,
  TradingBot: lawCases.trading,
  TravelAPI: lawCases.travel,
  VehicleControlAPI: lawCases.vehicle,
  ShopAPI: lawCases.shop,
};
