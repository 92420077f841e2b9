//! A bucket that speaks S3, in the folder's place where several servers share their files.

use std::future::Future;
use std::path::Path;
use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use futures_util::{StreamExt as _, TryStreamExt as _};
use http::header::{CONTENT_LENGTH, HeaderValue};
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::client::{
    ClientOptions, HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse,
    HttpResponseBody, HttpService,
};
use object_store::path::Path as Key;
use object_store::{
    GetResult, MultipartUpload as _, ObjectStore as _, ObjectStoreExt as _, PutPayload, RetryConfig,
};
use tokio::fs::File;
use tokio::io::AsyncReadExt as _;
use tokio::runtime::{Builder, Handle, Runtime};

use super::FileStoreError;

/// How large the pieces of a large file are: S3 takes none smaller than 5 MiB, but for the last.
const PART: usize = 8 << 20;
/// How long the other side may say nothing.
const SILENCE: Duration = Duration::from_secs(30);
/// How often something is asked again that failed and does no harm twice, and for how long: somebody waits.
const RETRIES: usize = 3;
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(5);

/// Where a bucket is and who may use it.
#[derive(Debug, Clone)]
pub struct BucketSettings {
    /// Its name.
    pub name: String,
    /// The address of the service, such as `https://s3.example.vn`; empty: Amazon's of this region.
    pub endpoint: String,
    /// The region, as the service names it.
    pub region: String,
    /// The key's name.
    pub key: String,
    /// The key's secret.
    pub secret: String,
}

/// A bucket. What is asked of it is asked on a thread of its own, so that it can be waited for from anywhere but
/// an async thread.
#[derive(Debug)]
pub(super) struct Bucket {
    store: AmazonS3,
    /// None only while it is dropped.
    runtime: Option<Runtime>,
}

impl Bucket {
    pub(super) fn open(settings: &BucketSettings) -> Result<Self, FileStoreError> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("bucket")
            .enable_all()
            .build()?;
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&settings.name)
            .with_region(&settings.region)
            .with_access_key_id(&settings.key)
            .with_secret_access_key(&settings.secret)
            .with_retry(RetryConfig {
                max_retries: RETRIES,
                retry_timeout: PATIENCE,
                ..RetryConfig::default()
            })
            .with_allow_http(settings.endpoint.starts_with("http://"))
            .with_http_connector(Connector(runtime.handle().clone()));
        if !settings.endpoint.is_empty() {
            builder = builder.with_endpoint(settings.endpoint.trim_end_matches('/'));
        }
        Ok(Self {
            store: builder.build()?,
            runtime: Some(runtime),
        })
    }

    /// Waits for an answer. Blocking: never on an async thread.
    fn wait<T>(&self, asked: impl Future<Output = T>) -> Result<T, FileStoreError> {
        let runtime = self.runtime.as_ref();
        let runtime = runtime.ok_or_else(|| FileStoreError("the bucket is closed".into()))?;
        Ok(runtime.block_on(asked))
    }

    /// Puts a whole file under a key, from the disk, a piece at a time. Until all of it has come there is nothing
    /// under the key.
    pub(super) async fn put(
        &self,
        key: &Key,
        path: &Path,
        size: u64,
    ) -> Result<(), FileStoreError> {
        let mut file = File::open(path).await?;
        if size <= PART as u64 {
            let mut whole = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
            file.read_to_end(&mut whole).await?;
            self.store.put(key, PutPayload::from(whole)).await?;
            return Ok(());
        }
        let mut upload = self.store.put_multipart(key).await?;
        let sent = async {
            loop {
                let mut piece = Vec::with_capacity(PART);
                (&mut file)
                    .take(PART as u64)
                    .read_to_end(&mut piece)
                    .await?;
                if piece.is_empty() {
                    break;
                }
                upload.put_part(PutPayload::from(piece)).await?;
            }
            upload.complete().await?;
            Ok::<_, FileStoreError>(())
        }
        .await;
        if sent.is_err() {
            // Its pieces would lie about unseen.
            let _ = upload.abort().await;
        }
        sent
    }

    pub(super) async fn get(&self, key: &Key) -> Result<GetResult, FileStoreError> {
        Ok(self.store.get(key).await?)
    }

    /// When what is under a key was put there; `None`: nothing is.
    pub(super) fn since(&self, key: &Key) -> Result<Option<SystemTime>, FileStoreError> {
        match self.wait(self.store.head(key))? {
            Ok(meta) => Ok(Some(meta.last_modified.into())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(e) => Err(e.into()),
        }
    }

    /// The last parts of all keys under a prefix that were put there before an instant.
    pub(super) fn before(
        &self,
        prefix: &Key,
        instant: SystemTime,
    ) -> Result<Vec<String>, FileStoreError> {
        let instant = DateTime::<Utc>::from(instant);
        self.wait(async {
            let mut found = Vec::new();
            let mut all = self.store.list(Some(prefix));
            while let Some(meta) = all.try_next().await? {
                if meta.last_modified < instant {
                    found.extend(meta.location.filename().map(ToOwned::to_owned));
                }
            }
            Ok(found)
        })?
    }

    pub(super) fn remove(&self, key: &Key) -> Result<(), FileStoreError> {
        match self.wait(self.store.delete(key))? {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(e) => Err(e.into()),
        }
    }

    /// Goes through what is under a key, piece by piece; false: there is nothing.
    pub(super) fn read(
        &self,
        key: &Key,
        mut piece: impl FnMut(&[u8]),
    ) -> Result<bool, FileStoreError> {
        self.wait(async {
            let found = match self.store.get(key).await {
                Ok(found) => found,
                Err(object_store::Error::NotFound { .. }) => return Ok(false),
                Err(e) => return Err(e.into()),
            };
            let mut pieces = found.into_stream();
            while let Some(bytes) = pieces.next().await {
                piece(&bytes?);
            }
            Ok(true)
        })?
    }
}

impl Drop for Bucket {
    fn drop(&mut self) {
        // Waiting for it on an async thread is not allowed.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// The program's own HTTP client in the place of the library's, which would bring a second one.
#[derive(Debug)]
struct Connector(Handle);

#[derive(Debug)]
struct Asking {
    client: reqwest::Client,
    runtime: Handle,
}

impl HttpConnector for Connector {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        let client = reqwest::Client::builder()
            .connect_timeout(CONNECT)
            .read_timeout(SILENCE)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|e| object_store::Error::Generic {
                store: "S3",
                source: Box::new(e),
            })?;
        Ok(HttpClient::new(Asking {
            client,
            runtime: self.0.clone(),
        }))
    }
}

fn fault(e: reqwest::Error) -> HttpError {
    let kind = if e.is_timeout() {
        HttpErrorKind::Timeout
    } else if e.is_connect() {
        HttpErrorKind::Connect
    } else if e.is_decode() {
        HttpErrorKind::Decode
    } else {
        HttpErrorKind::Interrupted
    };
    // Signed addresses stay out of logs.
    HttpError::new(kind, e.without_url())
}

#[async_trait::async_trait]
impl HttpService for Asking {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let (parts, body) = request.into_parts();
        let unknown = |e: url::ParseError| HttpError::new(HttpErrorKind::Unknown, e);
        let address = parts.uri.to_string().parse().map_err(unknown)?;
        let mut ours = reqwest::Request::new(parts.method, address);
        *ours.headers_mut() = parts.headers;
        // S3 takes nothing whose length it is not told beforehand.
        let length = HeaderValue::from(body.content_length());
        ours.headers_mut().insert(CONTENT_LENGTH, length);
        *ours.body_mut() = Some(reqwest::Body::wrap(body));
        let client = self.client.clone();
        // Connections belong to the runtime they were made on.
        let answer = self
            .runtime
            .spawn(async move { client.execute(ours).await })
            .await
            .map_err(|e| HttpError::new(HttpErrorKind::Interrupted, e))?
            .map_err(fault)?;
        let answer: http::Response<reqwest::Body> = answer.into();
        let (parts, body) = answer.into_parts();
        let body = http_body_util::BodyExt::map_err(body, fault);
        Ok(HttpResponse::from_parts(parts, HttpResponseBody::new(body)))
    }
}
