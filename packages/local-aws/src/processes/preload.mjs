/**
 * Loaded into the process of a program before the program, which was written for a container or a virtual machine. It
 * maps the ports of the program to free ports of this machine, and prevents it from importing packages outside of its
 * root.
 *
 * - `LOCAL_PROGRAM_PORTS`: JSON with the port on this machine by the port on which the program listens.
 * - `LOCAL_PROGRAM_ROOT`: the folder that is the root (`/`) of the program.
 */
import { Server } from "node:net";
import { isolatePackages } from "./package-isolation.mjs";

const ports = JSON.parse(process.env.LOCAL_PROGRAM_PORTS);
const folder = process.env.LOCAL_PROGRAM_ROOT;
delete process.env.LOCAL_PROGRAM_PORTS;
delete process.env.LOCAL_PROGRAM_ROOT;

const { listen } = Server.prototype;
Server.prototype.listen = function listenOnLoopback(...args) {
  const callback = args.findLast((argument) => typeof argument === "function");
  const [first] = args;
  const options = typeof first === "object" && first !== null ? first : { port: Number(first) };
  if (options.port === undefined || Number.isNaN(options.port)) return listen.apply(this, args); // A pipe, or a handle.
  const own = { ...options, host: "127.0.0.1", port: ports[options.port] ?? options.port };
  return listen.call(this, own, ...(callback ? [callback] : []));
};

isolatePackages(folder);
