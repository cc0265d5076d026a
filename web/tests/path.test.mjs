// The way of somebody new, as the README tells it: from a folder of saved pages to a cited conflict in the browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { browse, followed, help, said } from "./served.mjs";

const FIVE_MINUTES = 5 * 60 * 1000;

/** The section of the README for a browser: its commands without what is said behind them, the address, and its words. */
function readme() {
  const section = said("README.md").split("\n## ").find((s) => s.startsWith("In a browser\n"));
  const block = section.match(/```sh\n([^]*?)```/)[1].trim().split("\n");
  return {
    commands: block.map((line) => line.split("#")[0].trim()),
    address: section.match(/# (http:\S+)/)[1],
    heading: section.match(/any quotation under "([^"]+)"/)[1],
  };
}

test("from saved pages to a cited conflict in under five minutes", async () => {
  const begin = Date.now();
  const told = readme();
  assert.ok(help("serve").includes(`[default: ${new URL(told.address).host}]`), `it is served at ${told.address}`);
  const { address, stop } = await followed(told.commands);
  const browser = await browse();
  try {
    const page = await browser.newPage();
    await page.goto(`${address}/`);
    await page.locator(".stories h2 a").first().click();
    const part = page.locator(".apparatus tbody", { hasText: told.heading });
    const conflict = part.locator(".row.conflict").first();
    await conflict.waitFor();
    assert.match(await conflict.locator(".mark").innerText(), /conflict/i);
    const values = await conflict.locator(".reading .value").allInnerTexts();
    assert.ok(new Set(values.map((v) => v.replace(/^\w\s*/, ""))).size > 1, `readings differ: ${values}`);
    const words = await conflict.locator(".said b").first().innerText();
    // Beside the readings where there is room.
    await conflict.locator(".said").first().click();
    assert.equal((await page.locator(".pane .passage").innerText()).trim(), words.trim());
    assert.match(await page.locator(".pane a.permalink").getAttribute("href"), /#passage$/);
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
