// The way of somebody new, as the README tells it: from a folder of saved pages to a cited conflict in the browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { browse, serve } from "./served.mjs";

const FIVE_MINUTES = 5 * 60 * 1000;

test("from saved pages to a cited conflict in under five minutes", async () => {
  const begin = Date.now();
  const { address, stop } = await serve();
  const browser = await browse();
  try {
    const page = await browser.newPage();
    await page.goto(`${address}/`);
    await page.locator(".stories h2 a").first().click();
    const conflict = page.locator(".apparatus .row.conflict").first();
    await conflict.waitFor();
    assert.match(await conflict.locator(".mark").innerText(), /conflict/i);
    const values = await conflict.locator(".reading .value").allInnerTexts();
    assert.ok(new Set(values.map((v) => v.replace(/^\w\s*/, ""))).size > 1, `readings differ: ${values}`);
    const words = await conflict.locator(".said b").first().innerText();
    // As without a script: the address of the passage itself.
    await page.goto(address + (await conflict.locator(".said").first().getAttribute("href")));
    assert.equal((await page.locator("#passage").innerText()).trim(), words.trim());
    assert.ok((await page.locator("#citation").innerText()).includes(words.trim()));
    assert.match(await page.locator("a.permalink").getAttribute("href"), /^\/report\/.+\?from=\d+&to=\d+#passage$/);
    assert.ok(Date.now() - begin < FIVE_MINUTES);
  } finally {
    await browser.close();
    const { code } = await stop();
    assert.equal(code, 0, "Ctrl-C ends the server without a fault");
  }
});
