import type { DocumentedService } from "../../lib/openapi/contract.ts";
import { contracts as fileContracts } from "../api/contract/contracts.ts";
import { routes as fileRoutes } from "../api/routes.ts";
import { contracts as userContracts } from "../users/contract/contracts.ts";
import { routes as userRoutes } from "../users/routes.ts";
import { contracts } from "./contracts.ts";
import { documentRoutes } from "./routes.ts";

/** The services that implement the Files API. */
export const documentedServices: readonly DocumentedService[] = [
  { routes: fileRoutes, contracts: fileContracts },
  { routes: userRoutes, contracts: userContracts },
  { routes: documentRoutes, contracts },
];
