import { serve } from "../../lib/sum/serve.ts";
import { displayRoutes } from "./routes.ts";

await serve(displayRoutes);
