//! Where things lie: the repository, its build folder, the release binary, the shared test sets.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// Root of the repository: the parent of this package's folder as Cargo names it.
pub(crate) fn root() -> Result<PathBuf> {
    let package = env::var_os("CARGO_MANIFEST_DIR").context("run this as `cargo xtask`")?;
    let root = Path::new(&package).parent().context("this package has no parent folder")?;
    Ok(root.to_path_buf())
}

/// Build folder: `CARGO_TARGET_DIR` where set, else `target` in the root.
pub(crate) fn target(root: &Path) -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir))
}

/// Folder with the test sets: `VARIORUM_SHARED` where set, else `shared` beside the repository.
/// `None` when there is none.
pub(crate) fn shared(root: &Path) -> Option<PathBuf> {
    let folder = env::var_os("VARIORUM_SHARED")
        .map_or_else(|| root.join("..").join("shared"), |dir| root.join(dir));
    folder.is_dir().then(|| folder.canonicalize().unwrap_or(folder))
}

/// Whether this is an unattended run, in which nothing may be left out in silence.
pub(crate) fn unattended() -> bool {
    env::var("CI").is_ok_and(|ci| ci == "true" || ci == "1")
}

/// The binary to ask: the one given, else the release binary, built first.
pub(crate) fn binary(root: &Path, given: Option<&Path>) -> Result<PathBuf> {
    if let Some(path) = given {
        return path.canonicalize().with_context(|| format!("no binary at {}", path.display()));
    }
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--release", "-p", "variorum"])
        .current_dir(root)
        .status()
        .context("cannot start cargo")?;
    ensure!(built.success(), "the release binary does not build");
    Ok(target(root).join("release").join(format!("variorum{}", env::consts::EXE_SUFFIX)))
}
