import { adapters } from "../frameworks/adapters.ts";
import { testOneEpisode } from "../frameworks/one-episode.ts";
import { players } from "../server/protocol-players.ts";

await testOneEpisode({ protocols: players, adapters });
