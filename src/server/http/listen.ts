import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Starts listening, on any free port where `port` is 0. Throws where it cannot be had. */
export function listen(
  server: Server,
  host: string,
  port: number,
): Promise<{ readonly url: string; readonly port: number }> {
  return new Promise((listening, refused) => {
    server.once("error", refused);
    server.listen(port, host, () => {
      server.off("error", refused);
      const address = server.address() as AddressInfo;
      listening({ url: `http://${host.includes(":") ? `[${host}]` : host}:${address.port}`, port: address.port });
    });
  });
}
