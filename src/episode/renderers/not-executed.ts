/** What a model reads after a message whose calls could not be read. */
export const notExecuted = (unreadable: string): string =>
  `Your last message could not be read, so nothing in it was executed: ${unreadable}`;
