/** A type whose values cannot cross the border at all: reported when a unit is loaded. */
export class BorderError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'BorderError'
  }
}
