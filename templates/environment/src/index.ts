// What `envtune verify`, `run`, `play`, `serve` and `generate` read. They look at what exports are, not at their names; only
// `tasks`, `config`, `laws` and `bounds` are read by name.
export { sampleNameEnvironment } from "./environment.ts";
export { sampleNameHints } from "./hints.ts";
export { sampleNameRequests } from "./requests.ts";
export { tasks } from "./tasks.ts";
