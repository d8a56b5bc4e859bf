import type { Grant } from "../../lib/users/grants.ts";

/** The Files API lists what the user may read; curl asks for the password, so that it is not in an argument. */
export function passwordExamples(apiUrl: string, user: string, grants: readonly Grant[]): string[] {
  const [writable] = grants.filter(({ role }) => role !== "reader");
  return [
    `curl -u ${user} "${apiUrl}/api/list"`,
    ...(writable ? [`curl -u ${user} -T README.md "${uploadUrl(apiUrl, `${writable.prefix}README.md`)}"`] : []),
  ];
}

/** curl reads the header with the token from a pipe. */
export function keyExamples(apiUrl: string, user: string): string[] {
  return [`sed 's/^/Authorization: Bearer /' ${user}.key | curl -H @- "${apiUrl}/api/list"`];
}

/** A key in double quotes of a shell, in which an interactive one would also replace an exclamation mark. */
function uploadUrl(apiUrl: string, key: string): string {
  const encoded = key.split("/").map((part) => encodeURIComponent(part).replaceAll("!", "%21"));
  return `${apiUrl}/api/upload/${encoded.join("/")}`;
}
