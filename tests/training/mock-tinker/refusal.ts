/** A request that is turned down with an HTTP status. */
export class Refusal {
  readonly status: number;
  readonly detail: string;
  constructor(status: number, detail: string) {
    this.status = status;
    this.detail = detail;
  }
}
