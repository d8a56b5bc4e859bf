/**
 * Runs in the function's process when public servers are on this machine: redirects connections to their local ports,
 * for all libraries. Neither the environment variable nor the local address is visible to the function.
 */
import { Socket } from "node:net";

const ports = JSON.parse(process.env.LOCAL_HOSTS ?? "{}");
delete process.env.LOCAL_HOSTS;

const { connect } = Socket.prototype;

Socket.prototype.connect = function (...args) {
  // `net.connect` passes its arguments in an array that it has marked as normalized.
  const list = Array.isArray(args[0]) ? args[0] : args;
  const options = list[0];
  const port = typeof options === "object" && ports[`${options.host}:${options.port}`.toLowerCase()];
  if (port) list[0] = { ...options, host: "127.0.0.1", port };
  return connect.apply(this, args);
};
