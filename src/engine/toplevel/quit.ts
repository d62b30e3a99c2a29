/** Thrown where a line is read when the user breaks off. */
export class Interrupted {}

/** Thrown to leave the prompt. */
export class Quit {
  readonly status: number
  constructor(status: number) {
    this.status = status
  }
}
