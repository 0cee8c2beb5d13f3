/** A hint of which nothing depends on the call: the rule, the step that leads on, and the tool that takes it. */
export const stepAdvice = (diagnose: string, guide: string, tool?: string) => () => ({
  ...{ diagnose, guide },
  direct: tool ? `Call '${tool}'.` : "",
  ...(tool ? { tools: [tool] } : {}),
});

/** The hint on a name that there is not, where users say the right one. */
export const namedAdvice = (name: string) => ({
  diagnose: `'${name}' is none that there is.`,
  guide: "Take the one that the user named, as it was said.",
  direct: "",
});
