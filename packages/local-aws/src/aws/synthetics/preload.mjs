/**
 * Prevents scripts from importing packages outside of their zip, as in Lambda functions, which canaries are. Only the
 * AWS SDK can be imported without being in the zip.
 */
import { AWS_SDK, isolatePackages } from "../../processes/package-isolation.mjs";

isolatePackages(process.env.LAMBDA_TASK_ROOT, AWS_SDK);
