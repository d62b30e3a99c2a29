/** Thrown to leave the prompt. */
export class Quit {
  readonly status: number
  constructor(status: number) {
    this.status = status
  }
}
