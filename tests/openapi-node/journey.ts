// One journey with a client that is made of the description alone: every path, parameter, body and answer is checked by the compiler.
import createClient from "openapi-fetch";
import type { paths } from "./api.js";

declare const process: { argv: string[]; exit(code: number): never };
declare const console: { log(text: string): void };

const [address, token] = process.argv.slice(2);
const api = createClient<paths>({ baseUrl: address!, headers: { Authorization: `Bearer ${token}` } });

function must<T>(answer: { data?: T; error?: { code: string; detail: string } }, what: string): T {
  if (answer.error || answer.data === undefined) {
    console.log(`${what}: ${answer.error?.code ?? "no answer"} ${answer.error?.detail ?? ""}`);
    process.exit(1);
  }
  return answer.data;
}

const start = must(await api.GET("/v1/changes", { params: { query: { since: "now" } } }), "the cursor");
const client = must(
  await api.POST("/v1/clients", {
    params: { header: { "Idempotency-Key": "journey-client" } },
    body: { name: "Larch & Co", currency: "USD" },
  }), "a client");
const found = must(await api.GET("/v1/clients/{id}", { params: { path: { id: client.id } } }), "the client");
if (found.name !== "Larch & Co" || found.currency !== "USD") process.exit(1);
const told = must(await api.GET("/v1/changes", { params: { query: { since: start.next } } }), "what changed");
const kinds: ("created" | "changed" | "removed")[] = told.items.map((change) => change.kind);
const refused = await api.POST("/v1/clients", { body: { name: "", currency: "USD" } });
if (refused.data !== undefined || refused.error.status < 400) process.exit(1);
console.log(JSON.stringify({ name: found.name, kinds, href: told.items[0]?.href, refused: refused.error.code }));
