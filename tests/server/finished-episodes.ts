import type { RunningServer } from "../../src/server/server.ts";
import type { SessionState } from "../../src/server/session/reply.ts";

/** How each episode of a server was when it ended, in that order, whatever became of its session; from now on. */
export function finishedEpisodes({ table }: RunningServer): SessionState[] {
  const finished: SessionState[] = [];
  const create = table.create.bind(table);
  table.create = () => {
    const session = create();
    const step = session.step.bind(session);
    session.step = (action, options) => {
      const reply = step(action, options);
      if (reply.done) finished.push(session.state());
      return reply;
    };
    return session;
  };
  return finished;
}
