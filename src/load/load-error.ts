/**
 * Something that went wrong under load. `kind` is what errors are counted by: the server's own code (`CAPACITY_REACHED`,
 * `unknownSession`), or `connect`, `closed`, `timeout`, `unreadable`.
 */
export class LoadError extends Error {
  override readonly name = "LoadError";
  readonly kind: string;
  constructor(kind: string, message: string) {
    super(message);
    this.kind = kind;
  }
}
