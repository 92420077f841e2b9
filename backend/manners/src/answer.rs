//! The outermost layer: every request passes it on the way in, every answer on the way out.
//!
//! In: a request id, the client's true address, the address in the contract, the rate limit, the
//! query guard. Out: errors written as problems in the caller's language, security headers, one log
//! line, metrics. Doing it in one place is what makes "every answer" true.

use std::{
    future::{Future, Ready, ready},
    net::IpAddr,
    panic::AssertUnwindSafe,
    pin::Pin,
    rc::Rc,
    sync::Arc,
    time::{Duration, Instant},
};

use actix_web::{
    Error, FromRequest, HttpMessage, HttpRequest, HttpResponse, ResponseError,
    body::{BoxBody, EitherBody, MessageBody},
    dev::{Payload, Service, ServiceRequest, ServiceResponse, Transform, forward_ready},
    error::InternalError,
    http::{
        Method, StatusCode,
        header::{
            ALLOW, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_TYPE, HeaderName,
            HeaderValue, TRANSFER_ENCODING, VARY, WWW_AUTHENTICATE,
        },
    },
    web::ServiceConfig,
};
use futures_util::FutureExt as _;
use tracing::Instrument as _;
use utoipa::openapi::OpenApi;
use uuid::Uuid;

use super::{
    document::{Address, Contract},
    lang::{Lang, LangUsed},
    limits::{Limits, Rates, Remaining},
    problem::{PROBLEM_JSON, Problem, method_not_allowed},
    query_guard, record, security,
    swagger::{self, Documents},
};

/// The header that carries the request's id.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// How the layer behaves.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    pub trusted_proxies: Vec<ipnet::IpNet>,
    /// How often one client address may ask; `None` turns the limits off (demo only).
    pub rates: Option<Rates>,
    /// How long a handler may take to begin its answer before the caller is told to come back.
    /// What it has begun in the database still ends by itself.
    pub handler_timeout: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            trusted_proxies: Vec::new(),
            rates: Some(Rates::default()),
            handler_timeout: Duration::from_secs(30),
        }
    }
}

/// For a file to arrive and to be looked at.
const UPLOAD_TIMEOUT: Duration = Duration::from_secs(900);

/// The layer itself: made once at start, cloned into every worker, wrapped around the App last, so
/// that nothing is outside it.
#[derive(Debug, Clone)]
pub struct Manners {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    contract: Contract,
    settings: Settings,
    limits: Option<Limits>,
}

impl Manners {
    /// The layer for one contract.
    pub fn new(document: &OpenApi, settings: Settings) -> Self {
        Self {
            inner: Arc::new(Inner {
                contract: Contract::new(document),
                limits: settings.rates.as_ref().map(Limits::new),
                settings,
            }),
        }
    }

    /// Adds what is not an operation of the contract: the documents, Swagger UI, the pages of the
    /// application, and the answers to what nobody has. Call it on the App after every route.
    pub fn configure(&self, documents: &Documents, cfg: &mut ServiceConfig) {
        swagger::configure(self, documents, cfg);
    }

    /// The addresses of the contract.
    pub fn contract(&self) -> &Contract {
        &self.inner.contract
    }
}

/// What is known of a request before anyone handles it.
#[derive(Debug, Clone)]
pub struct RequestContext {
    /// The request's id, UUIDv7: `X-Request-Id`, `trace_id`, and the log's `request_id`.
    pub id: Uuid,
    /// The client's address, seen through trusted proxies. Personal data: not for logs.
    pub client: IpAddr,
    /// Whether the client speaks HTTPS, to us or to a trusted proxy.
    pub https: bool,
}

impl FromRequest for RequestContext {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(
            req.extensions().get::<Self>().cloned().ok_or_else(|| {
                Problem::internal("the manners layer is not wrapped around the App")
            }),
        )
    }
}

/// Put into a response's extensions: an error that is meant as it stands (a page for people).
#[derive(Debug, Clone, Copy)]
pub struct AsIs;

impl<S, B> Transform<S, ServiceRequest> for Manners
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse<EitherBody<B>>;
    type Error = Error;
    type Transform = MannersService<S>;
    type InitError = ();
    type Future = Ready<Result<Self::Transform, ()>>;

    fn new_transform(&self, service: S) -> Self::Future {
        ready(Ok(MannersService {
            service: Rc::new(service),
            inner: Arc::clone(&self.inner),
        }))
    }
}

/// One worker's copy of the layer.
#[derive(Debug)]
pub struct MannersService<S> {
    service: Rc<S>,
    inner: Arc<Inner>,
}

impl<S, B> Service<ServiceRequest> for MannersService<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse<EitherBody<B>>;
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Error>>>>;

    forward_ready!(service);

    fn call(&self, mut req: ServiceRequest) -> Self::Future {
        let begun = Instant::now();
        let visit = Visit::begin(&self.inner, &mut req, begun);
        let verdict = visit.admit(&self.inner, &req);
        let service = Rc::clone(&self.service);
        // A large file over a slow line takes its time; how long it may pause is the upload's own matter.
        let timeout = if visit.uploads() {
            UPLOAD_TIMEOUT
        } else {
            self.inner.settings.handler_timeout
        };
        let span = tracing::info_span!(
            "request",
            request_id = %visit.context.id,
            method = visit.method.as_str(),
            route = &*visit.route,
        );
        Box::pin(
            async move {
                let (remaining, refused) = verdict;
                let outcome = match refused {
                    Some(problem) => Ok(req
                        .into_response(problem.error_response())
                        .map_into_right_body()),
                    None => guarded(service.call(req), timeout).await,
                };
                Ok(match outcome {
                    Ok(response) => {
                        let (request, response) = response.into_parts();
                        let used = request.extensions().get::<LangUsed>().map(|l| l.0);
                        let response = visit.finish(response, used, remaining);
                        ServiceResponse::new(request, response)
                    }
                    Err(error) => {
                        // The request is gone with the service that failed, so the finished answer
                        // travels as an error; outside us there is only the dispatcher.
                        let cause = error.to_string();
                        let response = error
                            .as_error::<Problem>()
                            .map_or_else(|| error.error_response(), Problem::error_response)
                            .map_into_right_body::<BoxBody>();
                        let response = visit.finish(response, None, remaining);
                        return Err(InternalError::from_response(
                            cause,
                            response.map_into_boxed_body(),
                        )
                        .into());
                    }
                })
            }
            .instrument(span),
        )
    }
}

/// Runs the inner service, not longer than it may take, and not letting a panic cut the connection.
async fn guarded<B: MessageBody + 'static>(
    call: impl Future<Output = Result<ServiceResponse<B>, Error>>,
    timeout: Duration,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let call = AssertUnwindSafe(call).catch_unwind();
    match tokio::time::timeout(timeout, call).await {
        Ok(Ok(outcome)) => outcome.map(ServiceResponse::map_into_left_body),
        Ok(Err(_)) => Err(Problem::internal("a handler panicked").into()),
        Err(_) => Err(Problem::busy(5).because("a handler took too long").into()),
    }
}

/// One request's way through the layer.
struct Visit {
    begun: Instant,
    context: RequestContext,
    lang: Lang,
    method: Method,
    /// The method was HEAD and is handled as GET: the answer loses its body.
    head: bool,
    api: bool,
    address: Option<Arc<Address>>,
    route: Arc<str>,
}

impl Visit {
    fn begin(inner: &Inner, req: &mut ServiceRequest, begun: Instant) -> Self {
        let trusted = &inner.settings.trusted_proxies;
        let peer = req.peer_addr();
        let context = RequestContext {
            id: Uuid::now_v7(),
            client: security::client_address(peer, req.headers(), trusted),
            https: req.app_config().secure()
                || security::forwarded_https(peer, req.headers(), trusted),
        };
        let path = req.path();
        let api = path == "/api" || path.starts_with("/api/");
        let address = inner.contract.find(path).cloned();
        let route = address.as_ref().map_or_else(
            || Arc::from(route_outside(path, api)),
            |a| Arc::clone(a.pattern()),
        );
        let method = req.method().clone();
        let lang = Lang::of(req.headers());
        let head = method == Method::HEAD
            && address
                .as_ref()
                .is_none_or(|a| a.query_parameters(&Method::GET).is_some());
        if head {
            req.head_mut().method = Method::GET;
        }
        req.extensions_mut().insert(context.clone());
        Self {
            begun,
            context,
            lang,
            method,
            head,
            api,
            address,
            route,
        }
    }

    /// Whether the body is a file.
    fn uploads(&self) -> bool {
        self.method == Method::POST && self.route.ends_with("/components/{component_id}/files")
    }

    /// Whether the request may go in.
    fn admit(&self, inner: &Inner, req: &ServiceRequest) -> (Option<Remaining>, Option<Problem>) {
        let limited = inner
            .limits
            .as_ref()
            .and_then(|limits| limits.check(req.path(), self.context.client));
        let (remaining, refused) = match limited {
            Some((remaining, refused)) => (Some(remaining), refused),
            None => (None, None),
        };
        let query = req.query_string();
        let refused = refused.or_else(|| {
            self.address
                .as_ref()
                .filter(|_| !query.is_empty())
                .and_then(|address| query_guard::check(address, &self.method, query).err())
                .map(Problem::from)
        });
        (remaining, refused)
    }

    /// Makes an answer fit to be seen, writes its log line and counts it.
    fn finish<B: MessageBody + 'static>(
        &self,
        response: HttpResponse<EitherBody<B>>,
        used: Option<Lang>,
        remaining: Option<Remaining>,
    ) -> HttpResponse<EitherBody<B>> {
        let problem = self.problem_of(&response);
        let mut response = match &problem {
            Some(problem) => self.render(response, problem),
            None => response,
        };
        if problem.is_some() || used.is_some() {
            let lang = if problem.is_some() {
                self.lang
            } else {
                used.unwrap_or_default()
            };
            let headers = response.headers_mut();
            headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(lang.tag()));
            headers.append(VARY, HeaderValue::from_static("Accept-Language"));
        }
        let headers = response.headers_mut();
        let mut buffer = Uuid::encode_buffer();
        let id = self.context.id.hyphenated().encode_lower(&mut buffer);
        if let Ok(id) = HeaderValue::from_str(id) {
            headers.insert(REQUEST_ID, id);
        }
        security::add_headers(headers, self.api, self.context.https);
        if let Some(remaining) = remaining {
            remaining.write(headers);
        }
        record::record(&record::Answered {
            method: &self.method,
            route: &self.route,
            status: response.status(),
            problem: problem.as_ref(),
            took: self.begun.elapsed(),
        });
        if self.head {
            head::without_body(response)
        } else {
            response
        }
    }

    /// The problem an answer is, made by us or standing for what the framework answered.
    fn problem_of<B>(&self, response: &HttpResponse<B>) -> Option<Problem> {
        if let Some(problem) = response.extensions().get::<Problem>() {
            return Some(problem.clone());
        }
        let status = response.status();
        let meant = response.extensions().get::<AsIs>().is_some()
            || response
                .headers()
                .get(CONTENT_TYPE)
                .is_some_and(|kind| kind == PROBLEM_JSON);
        if status.as_u16() < 400 || meant {
            return None;
        }
        let mut problem = match (&self.address, status) {
            (Some(address), StatusCode::METHOD_NOT_ALLOWED) => {
                Problem::from(method_not_allowed(address.allowed()))
                    .header(ALLOW, address.allow().clone())
            }
            _ => Problem::of_status(status),
        };
        if status.is_server_error()
            && let Some(error) = response.error()
        {
            problem = problem.because(error);
        }
        Some(problem)
    }

    /// Writes a problem's body, keeping the headers the answer already has (cookies, for one).
    fn render<B>(
        &self,
        response: HttpResponse<EitherBody<B>>,
        problem: &Problem,
    ) -> HttpResponse<EitherBody<B>> {
        let body = problem.body(self.lang, &self.context.id.to_string());
        let bytes = serde_json::to_vec(&body).unwrap_or_default();
        let mut response = response.set_body(EitherBody::right(BoxBody::new(bytes)));
        *response.status_mut() = problem.status();
        let headers = response.headers_mut();
        for stale in [CONTENT_LENGTH, CONTENT_ENCODING, TRANSFER_ENCODING] {
            headers.remove(stale);
        }
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
        for (name, value) in problem.headers() {
            headers.insert(name.clone(), value.clone());
        }
        if problem.status() == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// What stands in logs for a path outside the contract: few names, none of them typed by a caller.
fn route_outside(path: &str, api: bool) -> &'static str {
    if api {
        "/api/*"
    } else if path == "/docs" || path.starts_with("/docs/") {
        "/docs/*"
    } else if path.starts_with("/openapi.") {
        "/openapi"
    } else {
        "/*"
    }
}

mod head;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod wire_tests;
