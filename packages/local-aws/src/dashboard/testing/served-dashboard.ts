import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openAccess, ServedService } from "../../gateway/testing/served-service.ts";
import { readSchema } from "../../provider/schema/aws.ts";
import { ManagedResources } from "../../provider/testing/managed-resources.ts";
import { systemClock } from "../../runtime/clock.ts";
import { Ports } from "../../runtime/ports.ts";
import { Processes } from "../../runtime/processes.ts";
import { Traffic } from "../../runtime/traffic.ts";
import { createServices, type Services } from "../../services.ts";
import type { DashboardContent } from "../content.ts";
import { Dashboard } from "../dashboard.ts";
import { RequestLog } from "../request-log.ts";

export interface DashboardResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

interface RequestOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A dashboard of services without a gateway, for tests. */
export class ServedDashboard {
  readonly services: Services;
  readonly resources: ManagedResources;
  readonly traffic = new Traffic();
  readonly dashboard: Dashboard;
  readonly port: number;
  readonly #directory: string;
  readonly #ports: Ports;
  readonly #processes: Processes;
  readonly #served: ServedService[] = [];

  private constructor(directory: string, port: number, ports: Ports, content: DashboardContent) {
    this.port = port;
    this.#directory = directory;
    this.#ports = ports;
    this.#processes = new Processes(join(directory, "processes.jsonl"));
    this.services = createServices({
      directory,
      access: openAccess(),
      credentialsFor: () => {
        throw new Error("No role is used.");
      },
      clock: systemClock,
      endpoint: "http://127.0.0.1",
      ports,
      processes: this.#processes,
      traffic: this.traffic,
      localHosts: () => ({}),
    });
    this.resources = new ManagedResources(this.services.terraform);
    const { contents } = this.services;
    this.dashboard = new Dashboard({
      ...contents,
      content,
      records: this.resources.records,
      schemas: readSchema().resource_schemas,
      clock: systemClock,
      requests: new RequestLog(this.traffic),
      secrets: () => contents.secrets.values(),
    });
  }

  static async start(content: DashboardContent = { title: "Test" }): Promise<ServedDashboard> {
    const directory = mkdtempSync(join(tmpdir(), "dashboard-"));
    const ports = new Ports(join(directory, "ports.jsonl"));
    const port = await ports.claim("dashboard");
    const served = new ServedDashboard(directory, port, ports, content);
    await served.dashboard.listen(port);
    return served;
  }

  get token(): string {
    return new URL(this.dashboard.url).searchParams.get("token") ?? "";
  }

  /** A request with any headers, `Host` and `Origin` included, which `fetch` does not allow. */
  request(path: string, { method = "GET", headers = {} }: RequestOptions = {}): Promise<DashboardResponse> {
    return new Promise((resolve, reject) => {
      const sent = request({ host: "127.0.0.1", port: this.port, path, method, headers }, (response) => {
        let body = "";
        response.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
      });
      sent.on("error", reject).end();
    });
  }

  /** Opens the address with the token. @returns the cookie. */
  async signIn(): Promise<string> {
    const { pathname, search } = new URL(this.dashboard.url);
    const { headers } = await this.request(pathname + search);
    return headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
  }

  /** What a page shows. */
  async read<View>(page: string): Promise<View> {
    const { body } = await this.request(`/dashboard/api/${page}`, {
      headers: { authorization: `Bearer ${this.token}` },
    });
    return JSON.parse(body) as View;
  }

  /** The settings with which a client of the AWS SDK reaches a service. */
  async client(signingName: string): Promise<ServedService["client"]> {
    const service = this.services.apis.find((api) => api.signingName === signingName);
    if (!service) throw new Error(`There is no service ${signingName}.`);
    const served = await ServedService.start(service);
    this.#served.push(served);
    return served.client;
  }

  async stop(): Promise<void> {
    for (const served of this.#served) await served.stop();
    await this.dashboard.close();
    await this.services.close();
    await this.#processes.close();
    this.resources.close();
    this.#ports.close();
    rmSync(this.#directory, { recursive: true, force: true });
  }
}
