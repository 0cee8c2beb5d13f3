/**
 * Calls a tool and returns what the model reads: the result or the failure and, where hints are given, the hint on a line of its
 * own. Arguments are an object, or the JSON text of one as a model wrote it; none of either makes it throw.
 */
export type CallTool = (tool: string, args: Readonly<Record<string, unknown>> | string) => string;
