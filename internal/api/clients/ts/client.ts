// Makes five calls with the types that openapi-typescript generates: node client.js URL TOKEN PHOTO, with the photo in
// base64.
import createClient from "openapi-fetch";
import type { components, paths } from "./schema";

declare const process: { argv: string[] };
const [service, token, photo] = process.argv.slice(2) as [string, string, string];
const client = createClient<paths>({ baseUrl: service, headers: { Authorization: `Bearer ${token}` } });

function must<T>(value: T | undefined, error: components["schemas"]["Error"] | undefined): T {
  if (value === undefined) throw new Error(`${error?.error.code}: ${error?.error.message}`);
  return value;
}

const bytes = Uint8Array.from(atob(photo), (c) => c.charCodeAt(0));
const body = new Blob([bytes], { type: "image/png" });
const upload = await client.POST("/v1/photos", { body, bodySerializer: (blob) => blob as Blob });
const kept: components["schemas"]["KeptPhoto"] = must(upload.data, upload.error);
if (kept.width !== 600) throw new Error(`upload: ${JSON.stringify(kept)}`);

const article: components["schemas"]["Article"] = {
  url: "https://news.example/ts", headline: "Storm front stalls", font_step: 1, kind: "news", photo: { url: kept.id, focal: [0.5, 0.25] },
};
const path = { id: "ts-1" };
const put = await client.PUT("/v1/articles/{id}", { params: { path, query: { strict: 1 } }, body: article });
const registered = must(put.data, put.error);
if (registered.photo_id !== kept.id) throw new Error(`put: ${JSON.stringify(registered)}`);

const got = await client.GET("/v1/articles/{id}", { params: { path } });
if (must(got.data, got.error).version !== registered.version) throw new Error("get");

const refused = await client.PUT("/v1/articles/{id}", { params: { path }, body: { url: "ts", headline: "A" } });
if (refused.response.status !== 400 || refused.error?.error.field !== "url") throw new Error("refused");

const list = await client.GET("/v1/articles", { params: { query: { limit: 10 } } });
if (must(list.data, list.error).articles.length < 1) throw new Error("list");

const links = await client.GET("/v1/share-links", { params: { query: { url: "https://news.example/a", title: "A & B", utm: 1 } } });
if (must(links.data, links.error).links.length < 5) throw new Error("links");

const top = await client.GET("/v1/top", { params: { query: { limit: 3, window: "24h" } } });
if (must(top.data, top.error).window !== "24h") throw new Error("top");

const card: NonNullable<paths["/v1/card.{format}"]["get"]["parameters"]["query"]> = { headline: "A", font_step: 1, expires: 1893456000 };
const size: NonNullable<paths["/oembed"]["get"]["parameters"]["query"]> = { url: "https://news.example/a", maxwidth: 600 };
console.log(card && size ? "ok" : "");
