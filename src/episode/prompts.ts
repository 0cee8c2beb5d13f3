/** How a model is asked to behave; how it has to write its calls is told by the renderer. */
export interface Prompt {
  readonly name: string;
  readonly text: string;
}

const standardText = `\
You fulfil a user's requests by calling functions: as many as a request takes, one result leading to the next call.

- Call only functions that are offered to you, and take the values from what the user said or from results.
- If none of the functions can do what is asked, say so. If the request lacks a value that a function needs, name it and ask for it.
- Go on calling until all that the user asked for in this turn is done, and only then answer.`;

/** What the paper's first two stages ask for (paper, appendix F, prompt A), in our words. */
export const standard: Prompt = { name: "standard", text: standardText };

/** The same and the two rules of the paper's later stages (prompt B): find what is missing, and ask rather than guess. */
export const resourceful: Prompt = {
  name: "resourceful",
  text: `${standardText}
- Before you ask for something that is missing, see whether another function can find it, and call that one first.
- Never guess. If a function that you need is not available, or a value can neither be found nor worked out, make up no call: say what is missing and ask.`,
};

/** The prompts by the names that options and stages use. */
export const prompts = { standard, resourceful } satisfies Readonly<Record<string, Prompt>>;
