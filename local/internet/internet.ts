import type { Ports } from "../cloud/ports.ts";
import type { Fault } from "../own-routes.ts";
import { Shoutcloud } from "./shoutcloud.ts";

/** Where functions find a server of the internet that is on this machine: `host:port` as they know it → its port here. */
export type LocalHosts = Readonly<Record<string, number>>;

/** The servers outside of AWS that the stacks' functions use. They are reached under their real names, so that no program is told another address. */
export class Internet {
  readonly #ports: Ports;
  readonly #shoutcloud = new Shoutcloud();
  #shoutcloudPort = 0;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  get hosts(): LocalHosts {
    return { "api.shoutcloud.io:80": this.#shoutcloudPort };
  }

  get faults(): Readonly<Record<string, Fault>> {
    const shoutcloud = this.#shoutcloud;
    return {
      "shoutcloud-down": { begin: () => shoutcloud.close(), end: () => this.#listen() },
      "shoutcloud-slow": { begin: () => shoutcloud.begin("slow"), end: () => shoutcloud.end("slow") },
      "shoutcloud-nonsense": { begin: () => shoutcloud.begin("nonsense"), end: () => shoutcloud.end("nonsense") },
    };
  }

  async start(): Promise<void> {
    this.#shoutcloudPort = await this.#ports.claim("internet/api.shoutcloud.io");
    await this.#listen();
  }

  close(): Promise<void> {
    return this.#shoutcloud.close();
  }

  async #listen(): Promise<void> {
    await this.#shoutcloud.listen(this.#shoutcloudPort);
  }
}
