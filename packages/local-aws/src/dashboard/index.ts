export type { DashboardContent, DashboardExample, DashboardLink, DashboardNote, DashboardSystem } from "./content.ts";
export { Dashboard } from "./dashboard.ts";
export { RequestLog } from "./request-log.ts";
