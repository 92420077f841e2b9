//! The layer as a caller meets it, around a small App.

use actix_web::{
    App, HttpResponse,
    body::to_bytes,
    dev::ServiceResponse,
    http::header::{ETAG, IF_NONE_MATCH},
    middleware::from_fn,
    test::{TestRequest, init_service, try_call_service},
    web,
};
use motcua_domain::refusal::Refusal;
use serde_json::Value;

use super::*;
use crate::{Rate, contract::complete, document::tests::sample};

struct Answer {
    status: u16,
    headers: HashMapOfHeaders,
    bytes: web::Bytes,
}

type HashMapOfHeaders = actix_web::http::header::HeaderMap;

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap()
    }

    fn code(&self) -> String {
        assert_eq!(self.header("content-type"), PROBLEM_JSON);
        self.json()["code"].as_str().unwrap().to_owned()
    }
}

fn settings() -> Settings {
    Settings {
        rates: None,
        handler_timeout: Duration::from_millis(200),
        ..Settings::default()
    }
}

async fn ask(request: TestRequest) -> Answer {
    ask_with(settings(), request).await
}

async fn ask_with(settings: Settings, request: TestRequest) -> Answer {
    ask_all(settings, vec![request]).await.remove(0)
}

async fn ask_all(settings: Settings, requests: Vec<TestRequest>) -> Vec<Answer> {
    let mut document = sample();
    complete(&mut document);
    let manners = Manners::new(&document, settings);
    let documents = Documents::new(&document).unwrap();
    let app = init_service(
        App::new()
            .service(
                web::scope("/api/v1")
                    .route(
                        "/things",
                        web::get()
                            .to(|lang: Lang| async move { HttpResponse::Ok().body(lang.tag()) }),
                    )
                    .service(web::resource("/things/mine").route(web::get().to(|| async {
                        panic!("on purpose");
                        #[allow(unreachable_code, reason = "gives the handler a type")]
                        HttpResponse::Ok().finish()
                    })))
                    .route(
                        "/things/{id}/parts/slow",
                        web::get().to(|| async {
                            tokio::time::sleep(Duration::from_secs(5)).await;
                            HttpResponse::Ok().finish()
                        }),
                    )
                    .route(
                        "/things/{id}/parts/broken",
                        web::get().to(|| async {
                            Err::<HttpResponse, Problem>(Problem::internal(
                                "secret of the database",
                            ))
                        }),
                    )
                    .route(
                        "/things/{id}/parts/bare",
                        web::get().to(|| async { HttpResponse::ImATeapot().body("plain") }),
                    )
                    .route(
                        "/things/{id}/parts/meant",
                        web::get().to(|| async {
                            let mut page = HttpResponse::ServiceUnavailable().body("a page");
                            page.extensions_mut().insert(AsIs);
                            page
                        }),
                    )
                    .service(
                        web::resource("/things/{id}/parts/middleware")
                            .wrap(from_fn(
                                |_: ServiceRequest, _: actix_web::middleware::Next<BoxBody>| async {
                                    Err::<ServiceResponse<BoxBody>, Error>(
                                        Problem::unauthenticated().into(),
                                    )
                                },
                            ))
                            .route(web::get().to(|| async { HttpResponse::Ok().finish() })),
                    )
                    .route(
                        "/things/{id}",
                        web::patch().to(|| async {
                            Err::<HttpResponse, Problem>(
                                Refusal::new("version_stale", "Cũ rồi.", "Stale.")
                                    .with("current_version", 9)
                                    .into(),
                            )
                        }),
                    )
                    .route(
                        "/auth/login",
                        web::post().to(|context: RequestContext| async move {
                            Err::<HttpResponse, Problem>(
                                Refusal::new(
                                    "invalid_credentials",
                                    "Sai.",
                                    context.client.to_string(),
                                )
                                .into(),
                            )
                        }),
                    )
                    .route(
                        "/public/look",
                        web::get().to(|| async { HttpResponse::Ok().body("x".repeat(5000)) }),
                    ),
            )
            .configure(|cfg| manners.configure(&documents, cfg))
            .wrap(manners.clone()),
    )
    .await;
    let mut answers = Vec::new();
    for request in requests {
        // An answer that travels as an error is written by the dispatcher, which is not here.
        let response = match try_call_service(&app, request.to_request()).await {
            Ok(response) => response.into_parts().1.map_into_boxed_body(),
            Err(error) => error.error_response(),
        };
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let Ok(bytes) = to_bytes(response.into_body()).await else {
            panic!("the body broke off")
        };
        answers.push(Answer {
            status,
            headers,
            bytes,
        });
    }
    answers
}

fn get(uri: &str) -> TestRequest {
    TestRequest::get().uri(uri)
}

#[actix_web::test]
async fn a_refusal_is_written_in_the_callers_language() {
    let patch = || TestRequest::patch().uri("/api/v1/things/1");
    let vi = ask(patch()).await;
    assert_eq!((vi.status, vi.code().as_str()), (412, "version_stale"));
    assert_eq!(vi.json()["detail"], "Cũ rồi.");
    assert_eq!(vi.json()["current_version"], 9);
    assert_eq!(vi.header("content-language"), "vi");
    assert!(vi.header("vary").contains("Accept-Language"));
    let en = ask(patch().insert_header(("accept-language", "en, vi;q=0.5"))).await;
    assert_eq!(en.json()["detail"], "Stale.");
    assert_eq!(en.header("content-language"), "en");
}

#[actix_web::test]
async fn the_request_id_is_on_every_answer_and_in_every_problem() {
    let problem = ask(TestRequest::patch().uri("/api/v1/things/1")).await;
    assert_eq!(problem.json()["trace_id"], problem.header("x-request-id"));
    let good = ask(get("/api/v1/things")).await;
    assert_eq!(good.status, 200);
    assert_eq!(
        Uuid::parse_str(good.header("x-request-id"))
            .unwrap()
            .get_version_num(),
        7
    );
}

#[actix_web::test]
async fn an_answer_that_depends_on_the_language_says_so() {
    let answer = ask(get("/api/v1/things").insert_header(("accept-language", "en"))).await;
    assert_eq!(answer.bytes, "en");
    assert_eq!(answer.header("content-language"), "en");
    assert_eq!(answer.header("vary"), "Accept-Language");
}

#[actix_web::test]
async fn a_401_names_its_scheme() {
    let answer = ask(TestRequest::post().uri("/api/v1/auth/login")).await;
    assert_eq!(
        (answer.status, answer.header("www-authenticate")),
        (401, "Bearer")
    );
    let answer = ask(get("/api/v1/things/1/parts/middleware")).await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (401, "unauthenticated")
    );
    assert_eq!(answer.header("www-authenticate"), "Bearer");
}

#[actix_web::test]
async fn what_the_framework_answers_becomes_a_problem_too() {
    let teapot = ask(get("/api/v1/things/1/parts/bare")).await;
    assert_eq!(teapot.code(), "malformed_request");
    let unknown = ask(get("/api/v1/nothing")).await;
    assert_eq!(
        (unknown.status, unknown.code().as_str()),
        (404, "not_found")
    );
    let bare = ask(get("/api")).await;
    assert_eq!((bare.status, bare.code().as_str()), (404, "not_found"));
    let meant = ask(get("/api/v1/things/1/parts/meant")).await;
    assert_eq!(
        (meant.status, &meant.bytes[..]),
        (503, b"a page".as_slice())
    );
}

#[actix_web::test]
async fn our_own_faults_are_told_without_their_cause() {
    for (path, status, code) in [
        ("/api/v1/things/1/parts/broken", 500, "internal"),
        ("/api/v1/things/mine", 500, "internal"),
        ("/api/v1/things/1/parts/slow", 503, "busy"),
    ] {
        let answer = ask(get(path)).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (status, code),
            "{path}"
        );
        assert!(!String::from_utf8_lossy(&answer.bytes).contains("secret"));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("retry-after").is_empty(), status == 500);
    }
}

#[actix_web::test]
async fn a_wrong_method_is_told_the_right_ones() {
    for method in [
        Method::DELETE,
        Method::PUT,
        Method::TRACE,
        Method::from_bytes(b"FOO").unwrap(),
    ] {
        let answer = ask(TestRequest::default().method(method).uri("/api/v1/things")).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (405, "method_not_allowed")
        );
        assert_eq!(answer.header("allow"), "GET, POST, HEAD, OPTIONS");
    }
    // A resource of the framework that refuses by itself is put right too.
    let answer = ask(TestRequest::post().uri("/api/v1/things/mine")).await;
    assert_eq!(
        (answer.status, answer.header("allow")),
        (405, "GET, HEAD, OPTIONS")
    );
    let options = ask(TestRequest::default()
        .method(Method::OPTIONS)
        .uri("/api/v1/things/7"))
    .await;
    assert_eq!(
        (options.status, options.header("allow")),
        (204, "PATCH, OPTIONS")
    );
    assert!(options.header("access-control-allow-origin").is_empty());
    let page = ask(TestRequest::post().uri("/dossiers")).await;
    assert_eq!((page.status, page.header("allow")), (405, "GET, HEAD"));
}

#[actix_web::test]
async fn head_is_get_without_the_body() {
    let answer = ask(TestRequest::default()
        .method(Method::HEAD)
        .uri("/api/v1/public/look"))
    .await;
    assert_eq!((answer.status, answer.bytes.len()), (200, 0));
    let answer = ask(TestRequest::default()
        .method(Method::HEAD)
        .uri("/api/v1/things/7"))
    .await;
    assert_eq!(answer.status, 405);
    let answer = ask(TestRequest::default().method(Method::HEAD).uri("/")).await;
    assert_eq!((answer.status, answer.bytes.len()), (200, 0));
}

#[actix_web::test]
async fn an_unknown_query_parameter_is_refused_before_anything_happens() {
    let answer = ask(get("/api/v1/things?limit=3&stat=x")).await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (400, "unknown_parameter")
    );
    assert_eq!(answer.json()["errors"][0]["pointer"], "stat");
    assert_eq!(ask(get("/api/v1/things?limit=3&cursor=")).await.status, 200);
    // Pages may have parameters of their own.
    assert_eq!(ask(get("/dossiers?anything=1")).await.status, 200);
}

#[actix_web::test]
async fn every_answer_carries_the_security_headers() {
    for uri in [
        "/",
        "/api/v1/things",
        "/api/v1/nothing",
        "/docs/",
        "/openapi.yaml",
        "/docs/swagger-ui.css",
    ] {
        let answer = ask(get(uri)).await;
        for (name, expected) in [
            ("content-security-policy", "script-src 'self'"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("permissions-policy", "camera=(self)"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert!(answer.header(name).contains(expected), "{uri} {name}");
        }
        assert!(answer.header("access-control-allow-origin").is_empty());
        assert!(answer.header("strict-transport-security").is_empty());
        assert_eq!(
            answer.header("cache-control") == "no-store",
            uri.starts_with("/api"),
            "{uri}"
        );
    }
    let behind = Settings {
        trusted_proxies: vec!["127.0.0.0/8".parse().unwrap()],
        ..settings()
    };
    let request = get("/api/v1/things")
        .peer_addr("127.0.0.1:9".parse().unwrap())
        .insert_header(("x-forwarded-proto", "https"));
    let answer = ask_with(behind, request).await;
    assert!(!answer.header("strict-transport-security").is_empty());
}

#[actix_web::test]
async fn too_many_requests_are_told_when_to_come_back() {
    let rate = |burst| Rate {
        per_minute: 60,
        burst,
    };
    let limited = Settings {
        rates: Some(Rates {
            login: rate(1),
            public: rate(1),
            api: rate(2),
            ..Rates::default()
        }),
        trusted_proxies: vec!["127.0.0.0/8".parse().unwrap()],
        ..settings()
    };
    let from = |client: &str| {
        TestRequest::post()
            .uri("/api/v1/auth/login")
            .peer_addr("127.0.0.1:9".parse().unwrap())
            .insert_header(("x-forwarded-for", client))
    };
    let answers = ask_all(
        limited,
        vec![
            from("203.0.113.9"),
            from("203.0.113.9"),
            from("203.0.113.10"),
            get("/api/v1/things"),
            get("/"),
        ],
    )
    .await;
    assert_eq!(answers[0].status, 401);
    assert_eq!(answers[0].header("ratelimit"), "\"login\";r=0;t=1");
    assert_eq!(
        (answers[1].status, answers[1].code().as_str()),
        (429, "too_many_requests")
    );
    assert_eq!(answers[1].header("retry-after"), "1");
    assert_eq!(answers[1].header("ratelimit-policy"), "\"login\";q=1;w=1");
    assert_eq!(answers[2].status, 401);
    assert_eq!(answers[3].header("ratelimit"), "\"api\";r=1;t=1");
    assert!(answers[4].header("ratelimit").is_empty());
}

#[actix_web::test]
async fn the_contract_is_served_and_known_again() {
    for (uri, kind) in [
        ("/openapi.yaml", "application/yaml"),
        ("/openapi.json", "application/json"),
    ] {
        let answer = ask(get(uri)).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, kind));
        assert!(String::from_utf8_lossy(&answer.bytes).contains("list_things"));
        let again = get(uri).insert_header((IF_NONE_MATCH, answer.header(ETAG.as_str())));
        let again = ask(again).await;
        assert_eq!((again.status, again.bytes.len()), (304, 0));
    }
    let packed = ask(get("/openapi.json").insert_header(("accept-encoding", "gzip"))).await;
    assert_eq!(packed.header("content-encoding"), "gzip");
}

#[actix_web::test]
async fn swagger_ui_is_served_with_all_its_files() {
    let moved = ask(get("/docs")).await;
    assert_eq!((moved.status, moved.header("location")), (308, "/docs/"));
    let page = ask(get("/docs/")).await;
    assert_eq!(page.status, 200);
    let text = String::from_utf8_lossy(&page.bytes).into_owned();
    for file in text
        .split('"')
        .filter(|part| part.ends_with(".js") || part.ends_with(".css"))
    {
        let answer = ask(get(&format!("/docs/{file}"))).await;
        assert_eq!(answer.status, 200, "{file}");
        assert!(!answer.bytes.is_empty());
    }
    let initializer = ask(get("/docs/swagger-initializer.js")).await;
    assert!(String::from_utf8_lossy(&initializer.bytes).contains("preauthorizeApiKey(\"bearer\""));
    let errors = ask(get("/docs/errors")).await;
    assert!(String::from_utf8_lossy(&errors.bytes).contains("id=\"version_stale\""));
    let missing = ask(get("/docs/missing.js")).await;
    assert_eq!(
        (missing.status, missing.code().as_str()),
        (404, "not_found")
    );
}
