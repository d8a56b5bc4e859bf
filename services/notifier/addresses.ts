import * as v from "valibot";
import { type SecretStore, SecretUnavailableError } from "../../lib/secrets/secret-store.ts";

/** Where messages are sent. What is missing receives none. */
export interface Addresses {
  readonly slackWebhookUrl?: string | undefined;
  /** The integration key of a service of PagerDuty. */
  readonly pagerDutyRoutingKey?: string | undefined;
  /** The service region of the account: https://support.pagerduty.com/main/docs/service-regions */
  readonly pagerDutyRegion: "us" | "eu";
}

/** The secret does not have the expected form. The message names the invalid members and contains no value. */
export class InvalidAddressesError extends Error {
  override readonly name = "InvalidAddressesError";
  readonly code = "InvalidAddresses";
}

const EXPECTED: Readonly<Record<string, string>> = {
  slackWebhookUrl: "slackWebhookUrl must be https://hooks.slack.com/services/T…/B…/…",
  pagerDutyRoutingKey: "pagerDutyRoutingKey must have 32 letters and digits",
  pagerDutyRegion: "pagerDutyRegion must be us or eu",
};

/**
 * Only the addresses of Slack are accepted, so that whoever can write the secret cannot make the function send requests
 * to other hosts.
 */
const schemaOf = (scheme: "https" | "http") =>
  v.strictObject({
    slackWebhookUrl: v.optional(
      v.pipe(
        v.string(),
        v.regex(new RegExp(`^${scheme}://hooks\\.slack(-gov)?\\.com/services/T\\w{1,32}/B\\w{1,32}/\\w{1,64}$`)),
      ),
    ),
    pagerDutyRoutingKey: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9]{32}$/))),
    pagerDutyRegion: v.optional(v.picklist(["us", "eu"]), "us"),
  });

/**
 * @param scheme `http` only in the local deployment, where the emulations have no certificate.
 * @throws InvalidAddressesError
 */
export function parseAddresses(text: string, scheme: "https" | "http"): Addresses {
  const result = v.safeParse(schemaOf(scheme), parseJson(text));
  if (result.success) return result.output;
  const problems = result.issues.map((issue) => EXPECTED[v.getDotPath(issue) ?? ""] ?? "unknown or misplaced members");
  throw new InvalidAddressesError(`The secret with the addresses is invalid: ${[...new Set(problems)].join("; ")}`);
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? undefined : value; // For valibot, an array is an object.
  } catch {
    throw new InvalidAddressesError("The secret with the addresses is not JSON"); // The error of JSON.parse quotes it.
  }
}

/** Reads the addresses before every message: alarms are rare, and a new address takes effect at once. */
export class AddressBook {
  readonly #store: SecretStore;
  readonly #arn: string;
  readonly #scheme: "https" | "http";

  constructor(store: SecretStore, arn: string, scheme: "https" | "http") {
    this.#store = store;
    this.#arn = arn;
    this.#scheme = scheme;
  }

  /** @throws InvalidAddressesError; SecretUnavailableError */
  async read(): Promise<Addresses> {
    try {
      return parseAddresses(await this.#store.read(this.#arn), this.#scheme);
    } catch (error) {
      if (hasNoValue(error)) return parseAddresses("{}", this.#scheme);
      throw error;
    }
  }
}

/** The secret exists without a value until an operator writes the addresses. */
function hasNoValue(error: unknown): boolean {
  const { cause } = error instanceof SecretUnavailableError ? error : {};
  return cause instanceof Error && cause.name === "ResourceNotFoundException";
}
