import { paginate } from "../../gateway/paginate.ts";
import type { GraphService } from "./service-graph.ts";

const PAGE_SIZE = 50;

export function pageOfServices(services: readonly GraphService[], token: string | undefined): object {
  const { page, next } = paginate(services, { maximum: PAGE_SIZE, token });
  return { Services: page, NextToken: next };
}
