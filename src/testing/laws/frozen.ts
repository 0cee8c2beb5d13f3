/** Whether an error comes of changing a state where it stands. */
export const isOfFrozen = (error: unknown): boolean =>
  error instanceof TypeError && /read only|not extensible|Cannot delete/.test(error.message);

export const changeTheDraft = "states are frozen: change what `draft()` returns";
