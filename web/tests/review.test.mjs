// Judging on the page for review, with and without a script.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { browse, serve } from "./served.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

test("a finding is judged, and the judgement undone, without a script", async () => {
  const { address, stop } = await serve({ judge: true });
  const browser = await browse();
  try {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${address}/review`);
    const form = page.locator("form.judge").first();
    const id = await form.getAttribute("id");
    await form.getByLabel("Your name").fill("A. Reader");
    await form.getByLabel("Why, or a comment").fill("seen on the page");
    await form.getByRole("button", { name: "Accept" }).click();
    await page.waitForURL(/\/review\?by=/);
    assert.ok(decodeURIComponent(page.url()).endsWith(`#${id}`), page.url());
    const item = page.locator("li", { has: page.locator(`[id="${id}"]`) });
    assert.match(await item.locator(".judged").innerText(), /accept by A\. Reader.*seen on the page/);
    assert.equal(await item.getByLabel("Your name").inputValue(), "A. Reader", "the name stays");
    await item.getByRole("button", { name: /^Undo judgement/ }).click();
    await page.waitForURL(/\/review\?by=/);
    assert.match(await item.locator(".judged").innerText(), /no longer in force/);
    // Rejected, it is set aside, and can be taken back from there.
    await item.getByRole("button", { name: "Reject" }).click();
    // The way back leads into the folded list, which the browser opens.
    await page.getByText("Set aside (1)").waitFor();
    await page.locator(`[id="${id}"]`).getByRole("button", { name: /^Undo judgement/ }).click();
    await page.getByText("Set aside (1)").waitFor({ state: "detached" });
    assert.equal(await page.locator(`[id="${id}"]`).getByRole("button", { name: "Accept" }).count(), 1);
  } finally {
    await browser.close();
    await stop();
  }
});

test("the page for review with forms is accessible, wide and narrow", async () => {
  const { address, stop } = await serve({ judge: true });
  const browser = await browse();
  try {
    for (const width of [1280, 320]) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, bypassCSP: true });
      const page = await context.newPage();
      await page.goto(`${address}/review`);
      await page.addScriptTag({ content: axe });
      const { violations } = await page.evaluate(() => globalThis.axe.run(document));
      assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes[0].html}`), [], `at ${width}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${wide} at ${width}`);
      await context.close();
    }
  } finally {
    await browser.close();
    await stop();
  }
});
