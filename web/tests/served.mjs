// A served record and a browser to look at it.
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const root = new URL("../..", import.meta.url).pathname;
const binary = process.env.VARIORUM ?? join(root, "target", "release", "variorum");
const browserPath = process.env.CHROMIUM ?? "/usr/bin/chromium";

export const hostile = "</title><script>alert(1)</script><img src=x onerror=alert(2)>";

/** Serves what `variorum add` makes of the examples, and of a report that means harm where `harm` is true; takes judgements where `judge` is. */
export async function serve({ harm = false, judge = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "variorum-web-"));
  const pages = join(folder, "saved");
  cpSync(join(root, "examples", "harbour-talks"), pages, { recursive: true });
  if (harm) {
    cpSync(join(root, "examples", "market-blast"), join(pages, "blast"), { recursive: true });
    const row = {
      id: "harm", title: hostile, outlet: '"><svg onload=alert(3)>', published: "2018-11-20",
      text: "<script>alert(4)</script> A ferry sank off the port of Aktau on Monday, killing 14 people, the coast guard said.",
    };
    writeFileSync(join(pages, "harm.jsonl"), `${JSON.stringify(row)}\n`);
  }
  return started(folder, ["add", "saved", "--quiet"], ["serve", ...(judge ? ["--judge"] : [])]);
}

/** What a file of the repository says. */
export const said = (file) => readFileSync(join(root, file), "utf8");

/** What the binary says of one of its commands. */
export const help = (command) => execFileSync(binary, [command, "--help"], { encoding: "utf8" });

/** Does what the README tells somebody to do who has a folder of saved pages: its commands, in order, the arguments as they stand there. */
export function followed(commands) {
  const folder = mkdtempSync(join(tmpdir(), "variorum-web-"));
  cpSync(join(root, "examples", "harbour-talks"), join(folder, "FOLDER"), { recursive: true });
  const [build, add, serving] = commands;
  if (build !== "cargo build --release") { throw new Error(`the binary is built by ${build}`); }
  const words = (command) => command.replace(/^target\/release\/variorum /, "").split(" ");
  return started(folder, words(add), words(serving));
}

/** Adds and serves in a folder; on a free port, since another program may have the usual one. */
async function started(folder, add, serving) {
  execFileSync(binary, add, { cwd: folder });
  const server = spawn(binary, [...serving, "--listen", "127.0.0.1:0"], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await Promise.race([
    createInterface({ input: server.stdout })[Symbol.asyncIterator]().next().then(({ value }) => [value]),
    new Promise((_, fail) => server.once("exit", (code) => fail(new Error(`the server ended with ${code}`)))),
  ]);
  return {
    address: line.trim().replace(/\/$/, ""),
    stop: () =>
      new Promise((done) => {
        server.once("exit", (code, signal) => {
          rmSync(folder, { recursive: true, force: true });
          done({ code, signal });
        });
        server.kill("SIGINT");
      }),
  };
}

/** A browser without services of its own. */
export function browse() {
  return chromium.launch({
    executablePath: browserPath,
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync",
    ],
  });
}
