import * as v from "valibot";
import { parseJson } from "../json/parse-json.ts";
import { MAX_GRANTS, parsePrefix, roles } from "./grants.ts";

/** The name of a claim, or the path to a nested one: see `findClaim`. */
const claimName = v.pipe(v.string(), v.nonEmpty(), v.maxLength(256));

const prefix = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    try {
      return parsePrefix(dataset.value);
    } catch {
      addIssue({ message: "not a prefix of keys" });
      return NEVER;
    }
  }),
);

/**
 * The settings of an OpenID provider, as the JSON of an environment variable:
 *
 * - `issuer`: exactly as in the tokens and in the discovery document, with or without a slash at the end.
 * - `audience`: the one that tokens must be for: of an access token usually the identifier of the API, of an ID token
 *   the client ID. The access tokens of Amazon Cognito have none, so its users send their ID token.
 * - `userClaim`: the claim that identifies a user, `email` by default. It should be one that users cannot change
 *   themselves and that the provider never assigns again: for Microsoft Entra that is `oid`. With `email`, the claim
 *   `email_verified` must be true.
 * - `grantsClaim`: the claim with the groups or roles of a user: a string, or an array of strings.
 * - `grants`: what each value of that claim grants. Several entries may have the same value.
 *
 * Unknown members are refused, because a misspelled one would change who has access.
 */
export const openIdConnectSettings = v.pipe(
  v.string(),
  v.transform(parseJson),
  v.strictObject({
    issuer: v.pipe(v.string(), v.check(isIssuer)),
    audience: v.pipe(v.string(), v.nonEmpty()),
    userClaim: v.optional(claimName, "email"),
    grantsClaim: claimName,
    grants: v.pipe(
      v.array(v.strictObject({ value: v.pipe(v.string(), v.nonEmpty()), role: v.picklist(roles), prefix })),
      v.maxLength(MAX_GRANTS),
    ),
  }),
);

export type OpenIdConnectSettings = v.InferOutput<typeof openIdConnectSettings>;

/** An issuer has neither a query nor a fragment: https://openid.net/specs/openid-connect-core-1_0.html#IssuerIdentifier */
function isIssuer(text: string): boolean {
  return isSecureUrl(text) && !/[?#]/.test(text);
}

/**
 * Whether nobody on the network can change what is read from the URL: it is `https`, or `http` on this machine, as in
 * tests. It must not contain credentials.
 */
export function isSecureUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url?.username !== "" || url.password !== "") return false;
  return url.protocol === "https:" || (url.protocol === "http:" && loopback.test(url.hostname));
}

/** The forms that `URL` normalizes IP addresses to. */
const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
