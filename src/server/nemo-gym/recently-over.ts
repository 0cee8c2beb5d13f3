/** Episodes whose last answer is kept, in case that it was lost on its way. */
const kept = 1024;

/** Answers by the id of a session that is closed already; the eldest make room for new ones. */
export function recentlyOver<Answer>() {
  const answers = new Map<string, Answer>();
  return {
    get: (id: string): Answer | undefined => answers.get(id),
    add(id: string, answer: Answer): void {
      answers.set(id, answer);
      const [eldest] = answers.keys();
      if (answers.size > kept) answers.delete(eldest!);
    },
    remove: (id: string): boolean => answers.delete(id),
  };
}
