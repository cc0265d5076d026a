//! Run one program to its end and say how it ended, how long it took and how much memory it held.

use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// Longest a single command may run; a slower one is stopped and counts as failed.
pub(crate) const TIME_LIMIT: Duration = Duration::from_secs(20 * 60);

/// How often a running program is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(5);

/// GNU time, which reads the exact peak from the kernel after the program's end.
const GNU_TIME: &str = "/usr/bin/time";

/// Time and memory of one or more runs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Usage {
    /// Wall-clock seconds, summed over runs.
    pub(crate) seconds: f64,
    /// Largest resident set of any run, in MiB; zero where the system tells none.
    pub(crate) peak_mib: f64,
}

impl Usage {
    /// Adds a further run: times add up, the higher peak stays.
    pub(crate) fn add(&mut self, other: Usage) {
        self.seconds += other.seconds;
        self.peak_mib = self.peak_mib.max(other.peak_mib);
    }
}

/// How a program ended.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// Exit status; `None` after a signal or the time limit.
    pub(crate) code: Option<i32>,
    /// Last line on standard error.
    pub(crate) complaint: String,
    /// What it cost.
    pub(crate) usage: Usage,
}

impl Outcome {
    /// The cost of a program that ended with status 0, else its complaint as an error.
    pub(crate) fn done(self) -> Result<Usage> {
        match self.code {
            Some(0) => Ok(self.usage),
            Some(code) => bail!("exit {code}: {}", self.complaint),
            None => bail!("killed: {}", self.complaint),
        }
    }
}

/// What to run, what it reads and where it writes.
pub(crate) struct Call<'a> {
    /// Program.
    pub(crate) program: &'a Path,
    /// Its arguments.
    pub(crate) args: Vec<OsString>,
    /// File given as standard input, else nothing.
    pub(crate) stdin: Option<&'a Path>,
    /// File that takes standard output; the standard error goes beside it as `.err`.
    pub(crate) stdout: &'a Path,
}

impl Call<'_> {
    /// Runs it to its end.
    ///
    /// # Errors
    /// When a file cannot be opened or the program cannot be started; not when it fails.
    pub(crate) fn run(self) -> Result<Outcome> {
        let errors = beside(self.stdout, "err");
        let peak_file = beside(self.stdout, "peak");
        let exact = has_gnu_time();
        let mut command = if exact {
            let mut time = Command::new(GNU_TIME);
            time.args(["-f", "%M", "-o"]).arg(&peak_file).arg("--").arg(self.program);
            time
        } else {
            Command::new(self.program)
        };
        command.args(&self.args).stdout(open(self.stdout)?).stderr(open(&errors)?);
        command.stdin(match self.stdin {
            Some(path) => {
                File::open(path).with_context(|| format!("cannot read {}", path.display()))?.into()
            }
            None => Stdio::null(),
        });
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let start = Instant::now();
        let mut child =
            command.spawn().with_context(|| format!("cannot start {}", self.program.display()))?;
        let (status, polled_kib) = wait(&mut child, start)?;
        let seconds = start.elapsed().as_secs_f64();
        let peak_kib = if exact { last_number(&peak_file) } else { polled_kib };
        Ok(Outcome {
            code: status.and_then(|status| status.code()),
            complaint: last_line(&errors),
            usage: Usage { seconds, peak_mib: peak_kib as f64 / 1024.0 },
        })
    }
}

fn open(path: &Path) -> Result<File> {
    File::create(path).with_context(|| format!("cannot write {}", path.display()))
}

fn beside(path: &Path, extension: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    name.into()
}

fn has_gnu_time() -> bool {
    Command::new(GNU_TIME)
        .arg("--version")
        .output()
        .is_ok_and(|out| [out.stdout, out.stderr].iter().any(|s| contains(s, b"GNU")))
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}

/// Waits for the end or the time limit; the highest peak seen in `/proc` on the way, in KiB.
fn wait(child: &mut Child, start: Instant) -> Result<(Option<ExitStatus>, u64)> {
    let status_file = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut peak = 0;
    loop {
        peak = peak.max(high_water(&status_file));
        if let Some(status) = child.try_wait().context("cannot wait for the program")? {
            return Ok((Some(status), peak));
        }
        if start.elapsed() > TIME_LIMIT {
            kill_group(child);
            child.wait().context("cannot end the program")?;
            return Ok((None, peak));
        }
        sleep(LOOK_EVERY);
    }
}

/// The program stands in a group of its own, so what it or GNU time started ends with it.
fn kill_group(child: &mut Child) {
    let group = format!("-{}", child.id());
    if !Command::new("kill").args(["-KILL", "--", &group]).status().is_ok_and(|s| s.success()) {
        // The group may be gone already; what is left is the program itself.
        let _ = child.kill();
    }
}

fn high_water(status_file: &Path) -> u64 {
    fs::read_to_string(status_file).map_or(0, |status| vm_hwm(&status))
}

fn vm_hwm(status: &str) -> u64 {
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|rest| rest.split_whitespace().next()?.parse().ok())
        .unwrap_or(0)
}

/// GNU time writes a line before the figure when the program failed.
fn last_number(path: &Path) -> u64 {
    fs::read_to_string(path)
        .ok()
        .and_then(|text| text.lines().last()?.trim().parse().ok())
        .unwrap_or(0)
}

fn last_line(path: &Path) -> String {
    let text = fs::read(path).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    text.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("no message").trim().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str, name: &str) -> (Outcome, String) {
        let folder = std::env::temp_dir().join(format!("xtask-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let out = folder.join("out");
        let args = vec!["-c".into(), script.into()];
        let call = Call { program: Path::new("/bin/sh"), args, stdin: None, stdout: &out };
        let outcome = call.run().unwrap();
        let text = fs::read_to_string(&out).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        (outcome, text)
    }

    #[test]
    fn a_program_that_ends_well_gives_its_output_and_cost() {
        let (outcome, text) = shell("echo hello", "well");
        assert_eq!(text, "hello\n");
        let usage = outcome.done().unwrap();
        assert!(usage.seconds > 0.0 && usage.seconds < 60.0);
    }

    #[test]
    fn a_program_that_fails_gives_its_last_complaint() {
        let (outcome, _) = shell("echo first >&2; echo second >&2; exit 3", "ill");
        assert_eq!(outcome.done().unwrap_err().to_string(), "exit 3: second");
    }

    #[test]
    fn peak_is_read_from_the_kernels_words() {
        for (status, kib) in [
            ("Name:\tx\nVmPeak:\t  900 kB\nVmHWM:\t  512 kB\nVmRSS:\t 400 kB\n", 512),
            ("Name:\tx\nState:\tZ (zombie)\n", 0),
            ("VmHWM:\t none\n", 0),
        ] {
            assert_eq!(vm_hwm(status), kib);
        }
    }

    #[test]
    fn costs_add_up() {
        let mut sum = Usage { seconds: 1.0, peak_mib: 30.0 };
        sum.add(Usage { seconds: 2.5, peak_mib: 20.0 });
        assert_eq!(sum, Usage { seconds: 3.5, peak_mib: 30.0 });
    }
}
