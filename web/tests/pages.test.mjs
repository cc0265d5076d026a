// Every page in a real browser: accessible, within its width, quiet towards the outside, and of use without a script.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { browse, hostile, serve } from "./served.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const shots = process.env.SCREENSHOTS;

let server;
let browser;
let paths;

before(async () => {
  server = await serve({ harm: true });
  browser = await browse();
  const page = await browser.newPage();
  const get = async (path) => (await (await page.request.get(server.address + path)).json()).items;
  const stories = await get("/api/v1/stories?reports=2");
  const id = stories.find((s) => s.title.includes("Afghan truce")).id;
  const story = `/story/${id.slice(2)}`;
  const conflict = (await get(`/api/v1/conflicts?verdict=conflict&story=${id}`))[0].readings[0].evidence[0];
  const passage = `/report/${conflict.report}?from=${conflict.start}&to=${conflict.end}`;
  paths = [
    "/", story, `${story}/timeline`, `${story}/actors`, `${story}/actors/a2`, `${story}/map`, `${story}/figures`, `${story}/accords`,
    passage, "/report/harm", "/search?q=port&type=consult", "/names", "/timeline", "/review", "/nothing",
  ];
  await page.close();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** A page that notes all that it asks for and complains of. */
async function opened(options, path) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const noted = [];
  page.on("request", (r) => { if (!r.url().startsWith(server.address)) { noted.push(`asked for ${r.url()}`); } });
  page.on("console", (m) => { if (["error", "warning"].includes(m.type()) && !/404 \(Not Found\)/.test(m.text())) { noted.push(m.text()); } });
  page.on("pageerror", (e) => noted.push(e.message));
  page.on("dialog", (d) => { noted.push(`dialog ${d.message()}`); d.dismiss(); });
  await page.goto(server.address + path);
  return { context, page, noted };
}

test("no page has what axe finds, in light or dark, wide or narrow", async () => {
  const found = [];
  for (const path of paths) {
    for (const [width, colorScheme] of [[1280, "light"], [320, "dark"]]) {
      const { context, page } = await opened({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true }, path);
      await page.addScriptTag({ content: axe });
      const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
      const { violations } = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: tags }), tags);
      const where = `${path} at ${width}, ${colorScheme}`;
      found.push(...violations.map((v) => `${where}: ${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).slice(0, 3).join(" | ")}`));
      await context.close();
    }
  }
  assert.deepEqual(found, []);
});

test("no page scrolls sideways, on a telephone, a tablet or paper", async () => {
  for (const path of paths) {
    for (const [width, media] of [[320, "screen"], [760, "screen"], [900, "screen"], [794, "print"]]) {
      const { context, page } = await opened({ viewport: { width, height: 700 } }, path);
      await page.emulateMedia({ media });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${path} is ${wide} wide at ${width}, ${media}`);
      await context.close();
    }
  }
});

test("where there is little room every cell tells its column", async () => {
  let cells = 0;
  for (const path of paths) {
    const { context, page } = await opened({ viewport: { width: 320, height: 700 } }, path);
    const wrong = await page.evaluate(() => [...document.querySelectorAll("table.plain tbody td:not(.bars)")].map((td) => {
      const head = td.closest("table").tHead.rows[0].cells[td.cellIndex].textContent;
      return [head, td.dataset.head];
    }).filter(([head, told]) => head !== told));
    cells += await page.locator("table.plain tbody td").count();
    assert.deepEqual(wrong, [], path);
    await context.close();
  }
  assert.ok(cells > 50, "there are tables");
});

test("nothing is asked of others, nothing is refused, no text of a report runs", async () => {
  for (const path of paths) {
    const { context, page, noted } = await opened({}, path);
    assert.deepEqual(noted, [], path);
    assert.equal(await page.locator("h1").count(), 1, `${path} has one h1`);
    await context.close();
  }
  const { context, page } = await opened({}, "/report/harm");
  assert.equal((await page.locator("h1").innerText()).trim(), hostile);
  await context.close();
});

test("without a script a passage is still a link away", async () => {
  const { context, page } = await opened({ javaScriptEnabled: false }, paths[1]);
  const link = page.locator(".apparatus .row.conflict .said").first();
  const words = await link.locator("b").innerText();
  await link.click();
  assert.equal((await page.locator("#passage").innerText()).trim(), words.trim());
  await context.close();
});

test("with it, the passage opens beside the readings, and keys work", async () => {
  const { context, page, noted } = await opened({ viewport: { width: 1280, height: 900 } }, paths[1]);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("href")), "#c2");
  const link = page.locator(".apparatus .row.conflict .said").first();
  const words = await link.locator("b").innerText();
  await link.focus();
  await page.keyboard.press("Enter");
  await page.locator(".pane .passage").waitFor();
  assert.equal((await page.locator(".pane .passage").innerText()).trim(), words.trim());
  assert.ok(await page.evaluate(() => document.activeElement.classList.contains("pane")));
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".pane").count(), 0);
  assert.ok(await link.evaluate((e) => e === document.activeElement));
  await page.keyboard.press("/");
  await page.keyboard.type("Aktau");
  await page.keyboard.press("Enter");
  await page.locator(".hits li").first().waitFor();
  assert.deepEqual(noted, []);
  await context.close();
});

test("the short form of a citation leads to the passage", async () => {
  const [, id, from, to] = /report\/(.+)\?from=(\d+)&to=(\d+)/.exec(paths[8]);
  const { context, page } = await opened({}, `/report/${id}#c=${from}-${to}`);
  await page.locator("#passage").waitFor();
  await context.close();
});

test("print leaves out what paper cannot use", async () => {
  const { context, page } = await opened({}, paths[1]);
  await page.emulateMedia({ media: "print" });
  for (const away of [".masthead nav", ".tabs", ".find"]) { assert.equal(await page.locator(away).isVisible(), false, away); }
  assert.ok(await page.locator(".apparatus").isVisible());
  await context.close();
});

test("pictures of the pages", { skip: !shots }, async () => {
  mkdirSync(shots, { recursive: true });
  const wide = { width: 1280, height: 860 };
  for (const [name, path, options] of [
    ["readings", paths[1], { viewport: wide }],
    ["readings-dark", paths[1], { viewport: wide, colorScheme: "dark" }],
    ["passage", `${paths[8]}#passage`, { viewport: wide }],
    ["timeline", paths[2], { viewport: wide }],
    ["map", paths[5], { viewport: wide }],
    ["narrow", paths[1], { viewport: { width: 320, height: 860 } }],
  ]) {
    const { context, page } = await opened(options, path);
    await page.screenshot({ path: join(shots, `${name}.png`) });
    await context.close();
  }
});
