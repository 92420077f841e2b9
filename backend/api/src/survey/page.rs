//! The questionnaire as a page for a telephone: no script, nothing loaded from anywhere, few kilobytes. A
//! question that is asked only after some answers is hidden by style where a browser can, and is not taken
//! from where it cannot.

use std::collections::HashMap;
use std::fmt::Write as _;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use motcua_domain::survey::questionnaire::{Given, Kind, Question, Questionnaire, STEPS};
use motcua_services::survey::{self as service, Asked};

use super::answer::take;
use crate::manners::html::{Shown, either, html, language, page, safe, told};
use crate::manners::{Lang, Problem};
use crate::state::AppState;

/// The most that a page sends back: sixty questions answered at length.
const MOST_BYTES: usize = 64 * 1024;

/// Puts the page beside the API, where short addresses fit on paper.
pub fn configure(cfg: &mut web::ServiceConfig) {
    cfg.service(
        web::resource("/s/{token}")
            .app_data(web::FormConfig::default().limit(MOST_BYTES))
            .route(web::get().to(show))
            .route(web::post().to(answered)),
    );
}

/// What the reader chose before, by question, to be shown again beside a fault.
pub type Sent = HashMap<String, Vec<String>>;

fn was(sent: &Sent, question: &str, value: &str) -> bool {
    sent.get(question)
        .is_some_and(|values| values.iter().any(|v| v == value))
}

fn option(out: &mut String, q: &Question, sent: &Sent, (value, text, face): (&str, &str, &str)) {
    let kind = if q.kind == Kind::Multiple {
        "checkbox"
    } else {
        "radio"
    };
    // A question that is always asked may be asked for by the browser itself; another one cannot be
    // while it is hidden.
    let needed = kind == "radio" && q.required && q.show_if.is_none();
    let _ = write!(
        out,
        "<label class=\"o\"><input type=\"{kind}\" name=\"{name}\" value=\"{value}\" id=\"{name}-{value}\"{}{}>{}<span>{}</span></label>",
        if was(sent, &q.id, value) {
            " checked"
        } else {
            ""
        },
        if needed { " required" } else { "" },
        if face.is_empty() {
            String::new()
        } else {
            format!("<span class=\"face\" aria-hidden=\"true\">{face}</span>")
        },
        safe(text),
        name = safe(&q.id),
        value = safe(value),
    );
}

fn field(out: &mut String, lang: Lang, q: &Question, sent: &Sent) {
    let _ = write!(
        out,
        "<fieldset id=\"f-{}\"><legend>{}{}</legend>",
        safe(&q.id),
        safe(lang.pick(&q.text)),
        if q.required { " *" } else { "" },
    );
    match q.kind {
        Kind::Likert => {
            for (value, vi, en) in STEPS.iter().rev() {
                option(out, q, sent, (value, either(lang, vi, en), ""));
            }
        }
        Kind::Single | Kind::Multiple => {
            for o in &q.options {
                option(out, q, sent, (&o.id, lang.pick(&o.text), ""));
            }
        }
        Kind::Faces => {
            for (o, face) in q.options.iter().zip(["🙂", "😐", "🙁"]) {
                option(out, q, sent, (&o.id, lang.pick(&o.text), face));
            }
        }
        Kind::Number => {
            let before = sent.get(&q.id).and_then(|v| v.first());
            let _ = write!(
                out,
                "<input type=\"number\" inputmode=\"numeric\" min=\"0\" max=\"{}\" step=\"1\" name=\"{name}\" value=\"{}\" aria-labelledby=\"f-{name}\"{}>",
                q.max.unwrap_or(1_000),
                before.map_or_else(String::new, |v| safe(v)),
                if q.required && q.show_if.is_none() {
                    " required"
                } else {
                    ""
                },
                name = safe(&q.id),
            );
        }
        Kind::Text => {
            let before = sent.get(&q.id).and_then(|v| v.first());
            let _ = write!(
                out,
                "<textarea name=\"{name}\" maxlength=\"1000\" aria-labelledby=\"f-{name}\">{}</textarea>",
                before.map_or_else(String::new, |v| safe(v)),
                name = safe(&q.id),
            );
        }
    }
    out.push_str("</fieldset>");
}

/// Hides each question that is asked only after others, until one of those is chosen.
fn branches(questionnaire: &Questionnaire) -> String {
    let mut style = String::new();
    for q in &questionnaire.questions {
        if let Some(when) = &q.show_if {
            let chosen: Vec<String> = when
                .any_of
                .iter()
                // An id that is a figure is written out: `#x-1` is one, the part after the mark is free.
                .map(|o| format!("[id=\"{}-{o}\"]:checked", when.question))
                .collect();
            let _ = write!(
                style,
                "form:not(:has({})) [id=\"f-{}\"]{{display:none}}",
                chosen.join(","),
                q.id
            );
        }
    }
    style
}

/// The page that asks; with what was chosen before, and what is wrong with it.
pub fn form(lang: Lang, token: &str, asked: &Asked, sent: &Sent, faults: &[String]) -> String {
    let q = &asked.questionnaire;
    let mut body = String::new();
    let other = either(lang, "en", "vi");
    let _ = write!(
        body,
        "<p class=\"quiet\">{} · <a href=\"/s/{}?lang={other}\" lang=\"{other}\" hreflang=\"{other}\">{}</a></p><h1>{}</h1>",
        safe(&asked.centre),
        safe(token),
        either(lang, "English", "Tiếng Việt"),
        safe(lang.pick(&q.title)),
    );
    if let Some(intro) = &q.intro {
        let _ = write!(body, "<p>{}</p>", safe(lang.pick(intro)));
    }
    if !faults.is_empty() {
        body.push_str("<div class=\"fault\" role=\"alert\" tabindex=\"-1\">");
        for fault in faults {
            let _ = write!(body, "<p>{}</p>", safe(fault));
        }
        body.push_str("</div>");
    }
    let _ = write!(
        body,
        "<form method=\"post\" action=\"/s/{}?lang={}\">",
        safe(token),
        lang.tag()
    );
    for question in &q.questions {
        field(&mut body, lang, question, sent);
    }
    let _ = write!(
        body,
        "<p class=\"quiet\">{}</p><button type=\"submit\">{}</button></form>",
        either(
            lang,
            "Câu có dấu * cần trả lời. Mỗi phiếu chỉ trả lời một lần. Ý kiến được giữ kín và chỉ công bố khi có từ 5 người trả lời trở lên.",
            "Questions with * need an answer. Each questionnaire is answered once. Answers are confidential, and shown only where five or more people answered."
        ),
        either(lang, "Gửi ý kiến", "Send"),
    );
    page(lang, lang.pick(&q.title), &branches(q), &body)
}

fn refused(lang: Lang, problem: &Problem) -> HttpResponse {
    let title = match problem.code() {
        "survey_answered" => either(lang, "Đã nhận ý kiến", "Already answered"),
        "survey_expired" => either(lang, "Phiếu đã hết hạn", "The time is over"),
        "survey_unknown" => either(lang, "Không tìm thấy phiếu", "No such questionnaire"),
        _ => either(
            lang,
            "Chưa gửi được ý kiến",
            "Your answer could not be taken",
        ),
    };
    told(
        problem.status(),
        lang,
        title,
        lang.pick(&problem.refusal().detail),
    )
}

async fn questions(state: &AppState, token: String) -> Result<Asked, Problem> {
    state
        .read(move |services, db| service::asked(services, db, &token))
        .await
}

async fn show(
    state: web::Data<AppState>,
    token: web::Path<String>,
    shown: web::Query<Shown>,
    lang: Lang,
) -> HttpResponse {
    let lang = language(&shown, lang);
    let token = token.into_inner();
    match questions(&state, token.clone()).await {
        Ok(asked) => {
            let body = form(lang, &token, &asked, &Sent::new(), &[]);
            html(StatusCode::OK, lang, body)
        }
        Err(problem) => refused(lang, &problem),
    }
}

/// What a page sent, as answers: what was left empty was not answered. A figure that is none is told by its
/// question.
fn answers(asks: &Questionnaire, sent: &Sent) -> Result<Vec<Given>, String> {
    let mut given = Vec::new();
    for q in &asks.questions {
        let values = sent.get(&q.id).map(Vec::as_slice).unwrap_or_default();
        let first = values.first().map(|v| v.trim()).unwrap_or_default();
        let mut one = Given {
            question: q.id.clone(),
            ..Given::default()
        };
        match q.kind {
            Kind::Number | Kind::Text if first.is_empty() => continue,
            Kind::Number => {
                let number = first.parse().map_err(|_| q.id.clone())?;
                one.number = Some(number);
            }
            Kind::Text => one.text = Some(first.to_owned()),
            _ if values.is_empty() => continue,
            _ => one.choices = values.to_vec(),
        }
        given.push(one);
    }
    Ok(given)
}

async fn answered(
    state: web::Data<AppState>,
    token: web::Path<String>,
    shown: web::Query<Shown>,
    lang: Lang,
    body: web::Form<Vec<(String, String)>>,
) -> HttpResponse {
    let lang = language(&shown, lang);
    let token = token.into_inner();
    let asked = match questions(&state, token.clone()).await {
        Ok(asked) => asked,
        Err(problem) => return refused(lang, &problem),
    };
    let mut sent = Sent::new();
    for (name, value) in body.into_inner() {
        sent.entry(name).or_default().push(value);
    }
    let again = |faults: Vec<String>| {
        let body = form(lang, &token, &asked, &sent, &faults);
        html(StatusCode::UNPROCESSABLE_ENTITY, lang, body)
    };
    let given = match answers(&asked.questionnaire, &sent) {
        Ok(given) => given,
        Err(question) => {
            let text = asked.questionnaire.question(&question);
            let name = text.map_or("", |q| lang.pick(&q.text));
            let wrong = either(lang, "Cần ghi một số nguyên", "A whole number is needed");
            return again(vec![format!("{name}: {wrong}")]);
        }
    };
    match take(&state, token.clone(), given, true).await {
        Ok(()) => told(
            StatusCode::OK,
            lang,
            either(lang, "Cảm ơn Ông/Bà", "Thank you"),
            either(
                lang,
                "Ý kiến của Ông/Bà đã được ghi nhận và giữ kín. Ông/Bà có thể đóng trang này.",
                "Your answer was taken and is kept confidential. You may close this page.",
            ),
        ),
        Err(problem) if problem.code() == "validation_failed" => {
            let faults = problem.refusal().errors.iter();
            again(faults.map(|f| lang.pick(&f.detail).to_owned()).collect())
        }
        Err(problem) => refused(lang, &problem),
    }
}
