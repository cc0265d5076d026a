//! Binding, answering, ending.

use crate::judging::Secret;
use crate::library::{Collate, Library};
use crate::{api, assets, guard, judging, pages};
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::post;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use variorum_record::Fault;

/// How long requests under way may take to end once the server is told to.
const GRACE: Duration = Duration::from_secs(5);

/// What is served, where.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The record file.
    pub record: PathBuf,
    /// The address to listen on; port 0 takes any that is free.
    pub listen: SocketAddr,
    /// What makes a record of reports.
    pub collate: Collate,
    /// Whether judgements are taken, from whoever can open the pages: there is no login.
    pub judging: bool,
}

/// Why nothing is served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The record file cannot be read.
    #[error(transparent)]
    Record(#[from] Fault),
    /// Another program listens there.
    #[error("{0}: another program listens there: give another port with --listen")]
    Taken(SocketAddr),
    /// The address cannot be used.
    #[error("{0}: cannot listen there ({1}): give an address of this machine with --listen")]
    Address(SocketAddr, io::Error),
    /// The system failed.
    #[error("the server failed ({0}): start it again")]
    System(#[from] io::Error),
}

/// Serves until `end` is ready; `ready` is called with the address once it is listened on.
///
/// # Errors
/// When the record cannot be read or the address not be listened on.
pub fn serve(
    settings: Settings,
    ready: impl FnOnce(SocketAddr),
    end: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    let secret = settings.judging.then(Secret::new).transpose()?;
    let library = Arc::new(Library::open(settings.record, settings.collate, secret)?);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let served = runtime.block_on(async {
        let listener = TcpListener::bind(settings.listen).await.map_err(|e| match e.kind() {
            io::ErrorKind::AddrInUse => ServeError::Taken(settings.listen),
            _ => ServeError::Address(settings.listen, e),
        })?;
        let address = listener.local_addr()?;
        ready(address);
        answer(listener, router(library, address), end).await?;
        Ok(())
    });
    runtime.shutdown_timeout(GRACE);
    served
}

/// Answers until `end`, then lets requests under way end for a while.
async fn answer(
    listener: TcpListener,
    router: Router,
    end: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let (told, ended) = tokio::sync::oneshot::channel();
    let ending = async move {
        end.await;
        let _ = told.send(());
    };
    let serving = axum::serve(listener, router).with_graceful_shutdown(ending);
    let overdue = async move {
        match ended.await {
            Ok(()) => tokio::time::sleep(GRACE).await,
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        served = serving => served,
        () = overdue => Ok(()),
    }
}

/// Every route.
fn router(library: Arc<Library>, address: SocketAddr) -> Router {
    let door = guard::Door { address, judging: library.secret().is_some() };
    Router::new()
        .route(judging::ADDRESS, post(judging::judge))
        .merge(pages::routes())
        .merge(api::routes())
        .merge(assets::routes())
        .fallback(pages::nothing_here)
        .with_state(library)
        .layer(from_fn_with_state(door, guard::guard))
}

/// Ready when the process is told to end: Ctrl-C, or SIGTERM where there is such a thing.
pub async fn told_to_end() {
    let interrupted = async {
        // Without a handler only a kill ends the process, as before.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}
