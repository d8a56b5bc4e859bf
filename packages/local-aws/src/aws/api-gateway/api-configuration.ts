import type { CorsConfiguration } from "./cors.ts";
import type { Integration } from "./integration.ts";
import type { LambdaAuthorizer } from "./lambda-authorizer.ts";
import type { Route } from "./route.ts";
import { type RouteMatch, RouteTable } from "./route-table.ts";
import type { Stage } from "./stage.ts";

/** A stage, and the path to match with its routes. */
export interface StagePath {
  readonly stage: Stage;
  readonly path: string;
}

/** The configuration of one HTTP API. It may change at any time; a change takes effect with the next request. */
export class ApiConfiguration {
  cors: CorsConfiguration | undefined;
  /** Whether its own endpoint serves requests; otherwise only custom domains do (`disable_execute_api_endpoint`). */
  hasDefaultEndpoint = true;
  readonly stages = new Map<string, Stage>();
  readonly integrations = new Map<string, Integration>();
  readonly authorizers = new Map<string, LambdaAuthorizer>();
  readonly #routes = new Map<string, Route>();
  #table = new RouteTable([]);

  putRoute(route: Route): void {
    this.#routes.set(route.id, route);
    this.#table = new RouteTable([...this.#routes.values()]);
  }

  deleteRoute(id: string): void {
    this.#routes.delete(id);
    this.#table = new RouteTable([...this.#routes.values()]);
  }

  /** See {@link RouteTable.match}. */
  match(method: string, path: string): RouteMatch | undefined {
    return this.#table.match(method, path);
  }

  /**
   * A path with the name of a stage as prefix belongs to that stage, without the prefix; every other path to
   * `$default`.
   */
  stageOf(path: string): StagePath | undefined {
    if (!this.hasDefaultEndpoint) return undefined;
    const [, first = "", rest = ""] = /^\/([^/]*)(.*)$/s.exec(path) ?? [];
    const named = first === "$default" ? undefined : this.stages.get(first);
    if (named) return { stage: named, path: rest === "" ? "/" : rest };
    const stage = this.stages.get("$default");
    return stage && { stage, path };
  }
}
