import { serve } from "../../lib/sum/serve.ts";
import { resetRoutes } from "./routes.ts";

await serve(resetRoutes);
