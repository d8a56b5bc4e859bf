import type { Terminal } from "../command-line/terminal/terminal.ts";
import type { LocalEndpoints } from "./local-endpoints.ts";

export interface WelcomeOptions {
  readonly endpoints: LocalEndpoints;
  readonly dashboardUrl: string | undefined;
  readonly terminal: Terminal;
  /** Whether keys are read. */
  readonly hasKeys: boolean;
}

const KEYS = "h help, l requests on or off, o open in the browser, r redeploy, q quit";

/**
 * What `npm start` prints when everything is deployed: at most 15 lines, with what is needed first in the last ones.
 * `npm run info` prints everything else.
 */
export function welcomeText({ endpoints, dashboardUrl, terminal, hasKeys }: WelcomeOptions): string {
  const { apiUrl, username, password, releasesUrls, helloUrls, shoutUrl, sumUrl, notificationsUrl } = endpoints;
  const rows = (entries: readonly (readonly [string, string | undefined])[]) =>
    entries.flatMap(([name, value]) => (value ? [`  ${name.padEnd(9)}  ${value}`] : []));
  const bold = (line: string) => terminal.style("bold", line);
  return [
    ...rows([
      ["Sum", sumUrl],
      ["Hello", helloUrls.live],
      ["Shout", shoutUrl],
      ["Releases", releasesUrls.live],
      ["Alarms", notificationsUrl],
      ["Dashboard", dashboardUrl],
    ]),
    "",
    "npm run info prints examples and the variables for the AWS CLI and Terraform.",
    hasKeys ? `Keys: ${KEYS}` : "Ctrl-C stops it and keeps the data.",
    "",
    ...rows([
      ["Page", apiUrl && `${apiUrl}/ui`],
      ["Files", apiUrl],
      ["User", username],
      ["Password", password],
    ]).map(bold),
  ].join("\n");
}

/** What the key `h` prints. */
export function helpText(options: WelcomeOptions): string {
  const keys = [
    ["h", "this help"],
    ["l", "print requests and errors, or stop printing them"],
    ["o", "open the dashboard, or a page, in the browser"],
    ["r", "redeploy: synthesize, plan and apply what has changed"],
    ["q", "quit; the data is kept"],
  ];
  return [...keys.map(([key, meaning]) => `  ${key}  ${meaning}`), welcomeText(options)].join("\n");
}
