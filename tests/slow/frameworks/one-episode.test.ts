import { adapters } from "../../frameworks/adapters.ts";
import { testOneEpisode } from "../../frameworks/one-episode.ts";

// The protocols are played without any framework by tests/server/one-episode.test.ts.
await testOneEpisode({ adapters: adapters.filter(({ light }) => light) });
