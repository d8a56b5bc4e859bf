/** Terraform's "known after apply". It is a class, so no real value can be confused with it. */
export class Unknown {
  toString(): string {
    throw new Error("an unknown value was used as a string");
  }
}

export const UNKNOWN = new Unknown();
