import { columns } from "../command-line/table.ts";
import { type EnvironmentInfo, variablesOf } from "./environment-info.ts";
import type { Versions } from "./versions.ts";

/** What is printed beside the deployment itself. */
export interface Surroundings {
  /** The data folder of a local deployment. */
  readonly dataDirectory: string;
  /** The folder of the synthesized stacks, relative to the current one. */
  readonly outputDirectory: string;
  readonly versions: Versions;
  readonly showPassword: boolean;
}

/** The deployment as text: addresses, how to log in, and commands to paste. */
export function renderInfo(info: EnvironmentInfo, surroundings: Surroundings): string {
  const { environment, pid } = info;
  const title = pid === undefined ? `The environment ${environment}` : `The local deployment, in process ${pid}`;
  return [
    `${title}:`,
    indented(columns([...addressRows(info), ...loginRows(info, surroundings)])),
    "In another terminal:",
    indented(commands(info, surroundings).join("\n")),
    `Versions: ${Object.entries(surroundings.versions)
      .map((pair) => pair.join(" "))
      .join(", ")}`,
  ].join("\n\n");
}

function addressRows({
  addresses,
  awsVariables,
  dashboardUrl = "",
  notificationsUrl = "",
}: EnvironmentInfo): string[][] {
  const { apiUrl, releasesUrls, helloUrls, shoutUrl, sumUrl } = addresses;
  const rows = [
    ["Files", apiUrl],
    ["Files (page)", `${apiUrl}/ui`],
    ...stageRows("Releases", releasesUrls),
    ...stageRows("Hello", helloUrls),
    ["Shout", shoutUrl],
    ["Sum", sumUrl],
    ["alarms", notificationsUrl],
    ["dashboard", dashboardUrl],
    ["every AWS API", awsVariables?.AWS_ENDPOINT_URL ?? ""],
  ];
  return rows.filter(([, address]) => address !== "");
}

function stageRows(system: string, urls: Readonly<Record<string, string>>): string[][] {
  return Object.entries(urls).map(([stage, url]) => [`${system} (${stage})`, url]);
}

function loginRows(info: EnvironmentInfo, { dataDirectory, showPassword }: Surroundings): string[][] {
  const { environment, credentials } = info;
  const show = `npm run info -- ${environment === "local" ? "" : `${environment} `}--show-password`;
  return [
    ...(credentials ? [["user of Files", credentials.username]] : []),
    ["password", credentials && showPassword ? credentials.password : `printed by ${show}`],
    ...(environment === "local" ? [["data folder", dataDirectory]] : []),
  ];
}

/** With the variables of `npm run env`, so that no line contains the password. */
function commands(info: EnvironmentInfo, { outputDirectory }: Surroundings): string[] {
  const { environment, addresses, awsVariables } = info;
  const isLocal = awsVariables !== undefined;
  const env = isLocal ? "npm run --silent env" : `npm run --silent env -- ${environment} --show-password`;
  const curl = 'curl -u "$FILES_USER:$FILES_PASSWORD"';
  const logs = isLocal ? "npm run logs -- api" : `npm run logs -- ${environment} api`;
  return [
    `eval "$(${env})"`,
    "echo 'The quick brown fox' > example",
    `${curl} -T example "$FILES_URL/api/upload/example"`,
    `${curl} "$FILES_URL/example"`,
    `${curl} "$FILES_URL"`,
    ...(addresses.releasesUrls.live ? ['curl "$RELEASES_URL/build-info"'] : []),
    ...(addresses.helloUrls.live
      ? [`curl -X PUT -d '{"dateOfBirth":"1990-12-10"}' "$HELLO_URL/hello/Ada"`, 'curl "$HELLO_URL/hello/Ada"']
      : []),
    ...(addresses.shoutUrl ? [`curl -d '{"data":"hello"}' "$SHOUT_URL"`] : []),
    `${logs} --follow`,
    ...(isLocal
      ? ["npm run local -- aws s3 ls", `npm run local -- terraform -chdir=${outputDirectory}/stacks/vpc state list`]
      : []),
  ];
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, "  ");
}

/** The deployment for programs. Secrets are only in it when they were asked for. */
export function infoJson(info: EnvironmentInfo, { dataDirectory, versions, showPassword }: Surroundings): string {
  const { environment, addresses, credentials, pid, dashboardUrl, notificationsUrl } = info;
  const secrets = showPassword ? [] : ["FILES_PASSWORD", "AWS_SECRET_ACCESS_KEY"];
  const variables = Object.entries(variablesOf(info)).filter(([name]) => !secrets.includes(name));
  return JSON.stringify({
    environment,
    ...addresses,
    username: credentials?.username,
    password: showPassword ? credentials?.password : undefined,
    variables: Object.fromEntries(variables),
    pid,
    dashboardUrl,
    notificationsUrl,
    dataDirectory: environment === "local" ? dataDirectory : undefined,
    versions,
  });
}
