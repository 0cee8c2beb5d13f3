/** What a policy throws when the conversation leaves no room for another message: the episode ends so, and is not aborted. */
export class OutOfTokens extends Error {
  override readonly name = "OutOfTokens";
}
