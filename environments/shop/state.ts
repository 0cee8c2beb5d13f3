import { defineState } from "../../src/index.ts";
import { longContext } from "./long-context.ts";
import { openingState } from "./opening-state.ts";
import { Config, State } from "./schemas.ts";

export const shopState = defineState({ name: "ShopAPI", state: State, config: Config }).init((config, extension) =>
  openingState(extension === undefined ? config : longContext(config)),
);
